import { ConfigurationError } from "../base/errors.ts";

/** The bar lengths the exchanges offer. `1w` starts on Monday and `1M` on the first of the month, both 00:00 UTC. */
export const TIMEFRAMES = [
  "1s",
  "1m",
  "3m",
  "5m",
  "10m",
  "15m",
  "30m",
  "1h",
  "2h",
  "4h",
  "6h",
  "8h",
  "12h",
  "1d",
  "3d",
  "1w",
  "1M",
] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;

const UNIT_MS: Readonly<Record<string, number>> = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: WEEK_MS };

/** The first Monday of the epoch, 5 January 1970. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** Binance counts its 3-day bars from a day after the epoch; 17 August 2017, its first day, began one. */
const THREE_DAYS_START_MS = DAY_MS;

/** How the start of a bar is found. `epochWeeks` gives weeks from Thursday, as KuCoin builds them. */
export interface TimeframeOptions {
  readonly epochWeeks?: boolean;
}

export function isTimeframe(text: string): text is Timeframe {
  return (TIMEFRAMES as readonly string[]).includes(text);
}

/** Reads a timeframe written by a user. */
export function parseTimeframe(text: string): Timeframe {
  if (isTimeframe(text)) return text;
  throw new ConfigurationError(`"${text}" is not a timeframe; use one of ${TIMEFRAMES.join(", ")}`);
}

/** Length in milliseconds; a month, whose length varies, counts 30 days (use it for ordering only). */
export function timeframeMs(timeframe: Timeframe): number {
  if (timeframe === "1M") return 30 * DAY_MS;
  return Number(timeframe.slice(0, -1)) * (UNIT_MS[timeframe.slice(-1)] ?? NaN);
}

/** Open time of the bar that contains a moment. */
export function barOpenTime(timeframe: Timeframe, time: number, options: TimeframeOptions = {}): number {
  if (timeframe === "1M") {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const length = timeframeMs(timeframe);
  const offset = timeframe === "3d" ? THREE_DAYS_START_MS : timeframe === "1w" && options.epochWeeks !== true ? FIRST_MONDAY_MS : 0;
  return Math.floor((time - offset) / length) * length + offset;
}

/** Open time of the following bar, which is this bar's close time. `openTime` is a bar's open time. */
export function barCloseTime(timeframe: Timeframe, openTime: number): number {
  if (timeframe !== "1M") return openTime + timeframeMs(timeframe);
  const date = new Date(openTime);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** Whether bars of `coarse` can be built exactly from bars of `fine`: every boundary of the coarse is one of the fine. */
export function canResample(fine: Timeframe, coarse: Timeframe): boolean {
  if (fine === coarse) return true;
  if (coarse === "1M") return timeframeMs(fine) <= DAY_MS;
  if (fine === "1M") return false;
  if (coarse === "1w" && timeframeMs(fine) > DAY_MS) return false;
  return timeframeMs(coarse) % timeframeMs(fine) === 0 && timeframeMs(fine) < timeframeMs(coarse);
}
