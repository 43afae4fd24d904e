import { DAY_MS } from "../../domain/timeframe.ts";
import { WEEKDAYS } from "../../expert/options.ts";
import { isWithinHours } from "../../expert/trade-hours.ts";
import type { LiveOrder } from "../orders/live-order.ts";
import { APPROVED, refuse, type RiskCheck, type RiskContext, type Verdict } from "./check.ts";

/** No entries while a limit of the run has tripped. */
const entriesAllowed: RiskCheck = (_order, { entryBlock }) => (entryBlock === undefined ? APPROVED : refuse("entriesBlocked", entryBlock));

/** Entries only at the hours and on the days the filters name (UTC). */
const tradingTime: RiskCheck = (_order, { time, filters }) => {
  if (!isWithinHours(filters.tradeHours, time)) return refuse("tradeHours", "outside tradeHours");
  // The epoch was a Thursday; WEEKDAYS starts on Monday.
  const day = WEEKDAYS[(Math.floor(time / DAY_MS) + 3) % 7];
  if (day !== undefined && !filters.allowedDays.includes(day)) return refuse("allowedDays", `${day} is not one of allowedDays`);
  return APPROVED;
};

/** Entries only after a bar with enough volume. */
const volume: RiskCheck = (_order, { filters, lastVolume }) =>
  lastVolume >= filters.minVolume
    ? APPROVED
    : refuse("minVolume", `the last bar's volume of ${lastVolume} is below minVolume ${filters.minVolume}`);

/** At most so many positions at a time. */
const openPositions: RiskCheck = (_order, { book, portfolio, risk }) => {
  if (book.quantitySteps !== 0 || portfolio.openCount < risk.maxOpenPositions) return APPROVED;
  return refuse("maxOpenPositions", `${portfolio.openCount} positions are open, as many as maxOpenPositions allows`);
};

/** At most so many entries into one position. */
const entriesPerPosition: RiskCheck = (_order, { book, risk }) => {
  if (book.quantitySteps === 0 || book.entries < risk.maxPositionsPerSymbol) return APPROVED;
  return refuse("maxPositionsPerSymbol", `the position has ${book.entries} entries, as many as maxPositionsPerSymbol allows`);
};

/** A position's value stays below its limit. */
const positionSize: RiskCheck = (order, { book, price, risk }) => {
  if (risk.maxPositionSizeQuote === Infinity) return APPROVED;
  const { math } = book;
  const after = Math.abs(book.quantity + (order.side === "buy" ? order.quantity : -order.quantity));
  const value = math.isInverse ? after * math.multiplier : math.notional(price, after);
  if (value <= risk.maxPositionSizeQuote * (1 + 1e-9)) return APPROVED;
  return refuse(
    "maxPositionSizeQuote",
    `the position would be worth ${value.toFixed(2)}, above maxPositionSizeQuote ${risk.maxPositionSizeQuote}`,
  );
};

/** In the order in which they are asked; the first refusal counts. */
export const ENTRY_CHECKS: readonly RiskCheck[] = [entriesAllowed, tradingTime, volume, openPositions, entriesPerPosition, positionSize];

/** Asks every check about an entry. */
export function checkEntry(order: LiveOrder, context: RiskContext): Verdict {
  for (const check of ENTRY_CHECKS) {
    const verdict = check(order, context);
    if (!verdict.approved) return verdict;
  }
  return APPROVED;
}
