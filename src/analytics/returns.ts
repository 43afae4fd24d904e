import { DAY_MS } from "../domain/timeframe.ts";
import { median } from "./moments.ts";
import type { Numbers } from "./moments.ts";

/** Days of a year on average, as CAGR counts them. */
export const DAYS_PER_YEAR = 365.25;

/**
 * Change from each value to the next as a share of the former; `first`, when given, stands before the first value. NaN after a value
 * that is not above zero: nothing is a share of it.
 */
export function returnsOf(values: Numbers, first?: number): Float64Array {
  const offset = first === undefined ? 1 : 0;
  const returns = new Float64Array(Math.max(0, values.length - offset));
  for (let index = 0; index < returns.length; index += 1) {
    const before = index + offset === 0 ? (first as number) : (values[index + offset - 1] as number);
    returns[index] = before > 0 ? (values[index + offset] as number) / before - 1 : NaN;
  }
  return returns;
}

/** How often a series has a value, and how many of its periods make a year. */
export interface Sampling {
  readonly period: "day" | "week" | "month" | "year";
  readonly periodsPerYear: number;
}

/**
 * The period in which returns are measured, and how many make a year. The spacing is the median of the last 100 times:
 * 7, 31 and 365 days mean weekly (52), monthly (12) and yearly (1) returns; everything else is measured by day, 365 of them a
 * year when weekends are traded (at least 60 % of their share) and 252 otherwise. backtesting.py's rule.
 */
export function samplingOf(times: Numbers): Sampling {
  const days = Math.floor(usualGap(times) / DAY_MS);
  if (days === 7) return { period: "week", periodsPerYear: 52 };
  if (days === 31) return { period: "month", periodsPerYear: 12 };
  if (days === 365) return { period: "year", periodsPerYear: 1 };
  let weekendCount = 0;
  for (let index = 0; index < times.length; index += 1) if (isWeekend(times[index] as number)) weekendCount += 1;
  return { period: "day", periodsPerYear: weekendCount / times.length > (2 / 7) * 0.6 ? 365 : 252 };
}

/** Median distance of the last 100 times. */
export function usualGap(times: Numbers): number {
  const gaps: number[] = [];
  for (let index = Math.max(1, times.length - 99); index < times.length; index += 1) {
    gaps.push((times[index] as number) - (times[index - 1] as number));
  }
  return median(gaps);
}

/** The last value of each period that has one. Weeks end on Sunday; all in UTC. */
export function lastOfPeriods(times: Numbers, values: Numbers, period: Sampling["period"]): Float64Array {
  const lasts: number[] = [];
  let current = NaN;
  for (let index = 0; index < times.length; index += 1) {
    const key = periodKey(times[index] as number, period);
    if (key !== current) lasts.push(NaN);
    lasts[lasts.length - 1] = values[index] as number;
    current = key;
  }
  return Float64Array.from(lasts);
}

/** Growth per year that leads from `start` to `end`: `(end / start)^(1 / years) - 1`. NaN when the period or start is nothing. */
export function annualGrowth({ start, end, years }: { start: number; end: number; years: number }): number {
  if (!(years > 0) || !(start > 0) || end < 0) return NaN;
  return (end / start) ** (1 / years) - 1;
}

function isWeekend(time: number): boolean {
  const day = new Date(time).getUTCDay();
  return day === 0 || day === 6;
}

function periodKey(time: number, period: Sampling["period"]): number {
  const day = Math.floor(time / DAY_MS);
  switch (period) {
    case "day":
      return day;
    case "week":
      // Day 0 of the epoch was a Thursday; adding 3 makes Monday the first day of a week.
      return Math.floor((day + 3) / 7);
    case "month":
      return new Date(time).getUTCFullYear() * 12 + new Date(time).getUTCMonth();
    case "year":
      return new Date(time).getUTCFullYear();
  }
}
