import { DAY_MS } from "../../../domain/timeframe.ts";

/** What a number in a time column counts. `date` is YYYYMMDD. */
export const TIME_UNITS = ["s", "ms", "us", "ns", "date"] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** Milliseconds in one of the unit. */
export const UNIT_MS: Readonly<Record<Exclude<TimeUnit, "date">, number>> = { s: 1_000, ms: 1, us: 1e-3, ns: 1e-6 };

/** Market data begins after 1980 and ends before 2100: what lies outside was read in the wrong unit. */
export const TIME_MIN = Date.UTC(1980, 0, 1);
export const TIME_MAX = Date.UTC(2100, 0, 1);

/** The unit in which a number is a moment between 1980 and 2100; undefined when there is none. */
export function unitOfTime(value: number): TimeUnit | undefined {
  if (isPlainDate(value)) return "date";
  return (["s", "ms", "us", "ns"] as const).find((unit) => isPossible(value * UNIT_MS[unit]));
}

/** Milliseconds with whole microseconds. */
export function toMilliseconds(value: number, unit: TimeUnit): number {
  switch (unit) {
    case "s":
      return Math.round(value * 1_000_000) / 1_000;
    case "ms":
      return Number.isInteger(value) ? value : Math.round(value * 1_000) / 1_000;
    case "us":
      return value / 1_000;
    case "ns":
      return Math.floor(value / 1_000) / 1_000;
    case "date":
      return Date.UTC(Math.floor(value / 10_000), (Math.floor(value / 100) % 100) - 1, value % 100);
  }
}

export function isPossible(time: number): boolean {
  return time >= TIME_MIN && time < TIME_MAX;
}

function isPlainDate(value: number): boolean {
  const month = Math.floor(value / 100) % 100;
  return (
    Number.isInteger(value) &&
    value >= 19_800_101 &&
    value < 21_000_101 &&
    month >= 1 &&
    month <= 12 &&
    value % 100 >= 1 &&
    value % 100 <= 31
  );
}

const DATE_PATTERN =
  /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i;

/** Reads dates as `2022-01-31`, `20220131 09:30`, `2022-01-31T09:30:00.123456Z`; NaN when the text is none of them. */
export function parseDate(text: string, zone: TimeZone): number {
  const match = DATE_PATTERN.exec(text.trim());
  if (match === null) return NaN;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number((part as string | undefined) ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal = new Date(wall).getUTCDate() === day && month <= 12 && hour < 24 && minute < 60 && second < 60;
  if (!isReal) return NaN;
  const micros = Math.floor(Number((match[7] ?? "").padEnd(9, "0")) / 1_000);
  const offset = match[8] === undefined ? zone.offsetAt(wall) : fixedOffset(match[8]);
  return wall - offset + micros / 1_000;
}

/** Where dates without an offset of their own were written. */
export interface TimeZone {
  /** Milliseconds that the zone's clocks are ahead of UTC when they show `wall`. */
  offsetAt(wall: number): number;
}

export const UTC: TimeZone = { offsetAt: () => 0 };

/** A zone by its IANA name, such as `America/New_York`; undefined when the platform does not know it. */
export function timeZone(name: string): TimeZone | undefined {
  if (name.toUpperCase() === "UTC") return UTC;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  } catch {
    return undefined;
  }
  const ahead = (moment: number): number => {
    const zoneName = format.formatToParts(moment).find(({ type }) => type === "timeZoneName")?.value ?? "";
    return fixedOffset(zoneName.replace("GMT", ""));
  };
  // The offset of the moment that the clocks would show in UTC may be the one before a change: looked up twice.
  return { offsetAt: (wall) => ahead(wall - ahead(wall)) };
}

function fixedOffset(text: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === "-" ? -minutes : minutes) * 60_000;
}

/** Midnight UTC of a date written as YYYYMMDD; NaN when it is none. */
export function midnightOf(text: string): number {
  const time = /^\d{8}$/.test(text) ? parseDate(text, UTC) : NaN;
  return time - (time % DAY_MS);
}
