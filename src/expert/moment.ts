import { ConfigurationError } from "../base/errors.ts";

/** 1 January 2000 and 2100: what lies outside was meant in another unit. */
const EARLIEST = 946_684_800_000;
const LATEST = 4_102_444_800_000;

const ISO_PATTERN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2})?)?$/;
const HOW_TO_WRITE = 'write "2022-01-31", "2022-01-31T08:00" (UTC) or milliseconds since the epoch';

/** Reads an ISO date (UTC where it names no zone) or milliseconds since the epoch. */
export function parseMoment(value: string | number): number {
  return typeof value === "number" ? checkedMs(value) : parseIsoDate(value);
}

function checkedMs(value: number): number {
  if (!Number.isFinite(value)) throw new ConfigurationError(`${value} is not a moment; ${HOW_TO_WRITE}`);
  if (value >= EARLIEST && value <= LATEST) return value;
  const inSeconds = value * 1_000;
  const inMicroseconds = value / 1_000;
  if (inSeconds >= EARLIEST && inSeconds <= LATEST) {
    throw new ConfigurationError(`${value} looks like seconds; write milliseconds since the epoch: ${inSeconds}`);
  }
  if (inMicroseconds >= EARLIEST && inMicroseconds <= LATEST) {
    throw new ConfigurationError(`${value} looks like microseconds; write milliseconds since the epoch: ${inMicroseconds}`);
  }
  throw new ConfigurationError(`${value} does not lie between the years 2000 and 2100; ${HOW_TO_WRITE}`);
}

function parseIsoDate(text: string): number {
  const match = ISO_PATTERN.exec(text.trim());
  if (match === null) throw new ConfigurationError(`${JSON.stringify(text.slice(0, 40))} is not a date; ${HOW_TO_WRITE}`);
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const millisecond = Number((match[7] ?? "0").padEnd(3, "0"));
  const time = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const date = new Date(time);
  // Date.UTC lets 30 February run over into March; a date that does not read back does not exist.
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!exists) throw new ConfigurationError(`"${text.trim()}" is not a moment that exists; ${HOW_TO_WRITE}`);
  return checkedMs(time - zoneMs(match[8], text));
}

/** "+02:00" as milliseconds ahead of UTC. */
function zoneMs(zone: string | undefined, text: string): number {
  if (zone === undefined || zone === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 14 || minutes > 59) throw new ConfigurationError(`"${text.trim()}" has a time zone that does not exist; write Z for UTC`);
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
