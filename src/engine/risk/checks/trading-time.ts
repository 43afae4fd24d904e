import { DAY_MS } from "../../../domain/timeframe.ts";
import { WEEKDAYS } from "../../../expert/options.ts";
import { isWithinHours } from "../../../expert/trade-hours.ts";
import { APPROVED, refuse, type RiskRule } from "../check.ts";

const DAY_MINUTES = 1_440;

/** Entries only at the hours and on the days the filters name (UTC). */
export const tradingTime: RiskRule = {
  isActive(_risk, { tradeHours, allowedDays }) {
    const [first] = tradeHours;
    const isAllDay = first?.fromMinute === 0 && first.toMinute === DAY_MINUTES;
    return !isAllDay || WEEKDAYS.some((day) => !allowedDays.includes(day));
  },
  check(_order, { time, filters }) {
    if (!isWithinHours(filters.tradeHours, time)) return refuse("tradeHours", "outside tradeHours");
    // The epoch was a Thursday; WEEKDAYS starts on Monday.
    const day = WEEKDAYS[(Math.floor(time / DAY_MS) + 3) % 7];
    if (day !== undefined && !filters.allowedDays.includes(day)) return refuse("allowedDays", `${day} is not one of allowedDays`);
    return APPROVED;
  },
};
