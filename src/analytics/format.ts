import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../domain/timeframe.ts";
import type { Statistic, Unit } from "./statistic.ts";

/** What a reader sees where a statistic has no value. */
export const NOT_AVAILABLE = "n/a";

/** How values are written. */
export interface FormatOptions {
  /** Name of the account's currency, appended to amounts; left out when absent. */
  readonly currency?: string;
}

/** A statistic's value as a reader sees it, with its unit. */
export function formatStatistic(statistic: Statistic, unit: Unit, options: FormatOptions = {}): string {
  const { value } = statistic;
  if (value === undefined) return NOT_AVAILABLE;
  return typeof value === "string" ? value : formatValue(value, unit, options);
}

/** A number in the form of its unit. */
export function formatValue(value: number, unit: Unit, { currency }: FormatOptions = {}): string {
  if (!Number.isFinite(value)) return NOT_AVAILABLE;
  switch (unit) {
    case "percent":
      return `${formatNumber(value, 2)} %`;
    case "ratio":
      return formatNumber(value, Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 0.01 || value === 0 ? 2 : 4);
    case "currency":
      return currency === undefined ? formatAmount(value) : `${formatAmount(value)} ${currency}`;
    case "duration":
      return formatDuration(value);
    case "time":
      return formatTime(value);
    case "count":
      return formatNumber(value, 0);
    case "text":
      return String(value);
  }
}

/** An amount of money: two digits after the point, more where that would hide it (0.00013 of a coin). */
export function formatAmount(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || size >= 1) return formatNumber(value, 2);
  return formatNumber(value, Math.min(8, 3 - Math.floor(Math.log10(size))));
}

/** A number with commas between thousands and a fixed count of digits after the point. */
export function formatNumber(value: number, digits: number): string {
  const rounded = value.toFixed(digits);
  const text = Number(rounded) === 0 ? rounded.replace("-", "") : rounded;
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** The two largest units of a duration: "12 d 4 h", "3 h 10 min", "45 s". */
export function formatDuration(milliseconds: number): string {
  const units: readonly (readonly [string, number])[] = [
    ["d", DAY_MS],
    ["h", HOUR_MS],
    ["min", MINUTE_MS],
    ["s", SECOND_MS],
  ];
  const first = units.findIndex(([, size]) => Math.abs(milliseconds) >= size);
  if (first < 0) return milliseconds === 0 ? "0 s" : `${formatNumber(milliseconds, 0)} ms`;
  const smallest = units[Math.min(first + 1, units.length - 1)]?.[1] ?? SECOND_MS;
  let rest = Math.round(milliseconds / smallest) * smallest;
  const parts: string[] = [];
  for (const [name, size] of units.slice(Math.max(0, first - 1), first + 2)) {
    const count = Math.trunc(rest / size);
    if (count !== 0) parts.push(`${formatNumber(count, 0)} ${name}`);
    rest -= count * size;
  }
  return parts.slice(0, 2).join(" ");
}

/** A moment in UTC: "2024-01-31 13:05", with seconds only where there are some. */
export function formatTime(time: number): string {
  if (!Number.isFinite(time)) return NOT_AVAILABLE;
  const text = new Date(time).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, time % MINUTE_MS === 0 ? 16 : 19)}`;
}

/** A day in UTC: "2024-01-31". */
export function formatDay(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 10) : NOT_AVAILABLE;
}

/** Values as a row of bars of eight heights, each column the last value of its share of the row. */
export function sparkline(values: ArrayLike<number>, width: number): string {
  const count = Math.min(width, values.length);
  const columns = Array.from({ length: count }, (_, column) => values[Math.ceil(((column + 1) * values.length) / count) - 1] as number);
  const low = Math.min(...columns);
  const span = Math.max(...columns) - low;
  return columns.map((value) => "▁▂▃▄▅▆▇█"[span === 0 ? 3 : Math.min(7, Math.floor(((value - low) / span) * 8))]).join("");
}
