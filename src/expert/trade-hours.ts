import { ConfigurationError } from "../base/errors.ts";
import { DAY_MS, MINUTE_MS } from "../domain/timeframe.ts";
import { WEEKDAYS, type Weekday } from "./options.ts";

/** A part of the UTC day in minutes since midnight: `fromMinute` included, `toMinute` (up to 1440) excluded. */
export interface HourRange {
  readonly fromMinute: number;
  readonly toMinute: number;
}

const DAY_MINUTES = 1_440;

/** The whole day, as one range. */
export const ALL_HOURS: readonly HourRange[] = [{ fromMinute: 0, toMinute: DAY_MINUTES }];

const RANGE_PATTERN = /^(\d{2}):(\d{2})\s*-\s*(\d{2}):(\d{2})$/;

/**
 * Reads "08:00-16:30", several joined by commas, into sorted ranges that do not touch.
 * A range whose end lies before its start spans midnight and becomes two.
 */
export function parseTradeHours(text: string): readonly HourRange[] {
  const ranges = text.split(",").flatMap((part) => parseRange(part.trim()));
  ranges.sort((left, right) => left.fromMinute - right.fromMinute);
  const joined: HourRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last === undefined || range.fromMinute > last.toMinute) {
      joined.push(range);
      continue;
    }
    joined[joined.length - 1] = { fromMinute: last.fromMinute, toMinute: Math.max(last.toMinute, range.toMinute) };
  }
  return joined;
}

/** Whether a moment (milliseconds since the epoch) lies in one of the ranges. */
export function isWithinHours(ranges: readonly HourRange[], time: number): boolean {
  const minute = Math.floor((time - Math.floor(time / DAY_MS) * DAY_MS) / MINUTE_MS);
  for (const { fromMinute, toMinute } of ranges) {
    if (minute >= fromMinute && minute < toMinute) return true;
  }
  return false;
}

/** The UTC day of the week of a moment. */
export function weekdayOf(time: number): Weekday {
  // The epoch was a Thursday, three days after a Monday.
  const day = (((Math.floor(time / DAY_MS) + 3) % 7) + 7) % 7;
  return WEEKDAYS[day] as Weekday;
}

function parseRange(part: string): HourRange[] {
  const match = RANGE_PATTERN.exec(part);
  if (match === null) throw new ConfigurationError(`"${part}" is not a range of hours; write "08:00-16:30"`);
  const fromMinute = minuteOf(match[1], match[2], part);
  const toMinute = minuteOf(match[3], match[4], part);
  if (fromMinute === toMinute) throw new ConfigurationError(`"${part}" is empty; for the whole day write "00:00-24:00"`);
  if (fromMinute === DAY_MINUTES) throw new ConfigurationError(`"${part}" starts at the end of the day; write "00:00" for midnight`);
  if (fromMinute < toMinute) return [{ fromMinute, toMinute }];
  const evening = { fromMinute, toMinute: DAY_MINUTES };
  return toMinute === 0 ? [evening] : [{ fromMinute: 0, toMinute }, evening];
}

function minuteOf(hourText = "", minuteText = "", part: string): number {
  const hour = Number(hourText);
  const minute = Number(minuteText);
  if (minute > 59 || hour * 60 + minute > DAY_MINUTES) {
    throw new ConfigurationError(`"${part}" has a time that does not exist; hours go from 00:00 to 24:00`);
  }
  return hour * 60 + minute;
}
