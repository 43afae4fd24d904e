import { ConfigurationError } from "../base/errors.ts";
import { DAY_MS } from "../domain/timeframe.ts";

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: DAY_MS } as const;
const PATTERN = /^(\d{1,9}[smhd])+$/;
const HOW_TO_WRITE = 'write "20s", "5m", "2h", "1d" or several joined, such as "1h30m"';
const LONGEST_MS = 3_650 * DAY_MS;

/** Reads a length of time such as "20s" or "1h30m"; milliseconds. */
export function parseDuration(text: string): number {
  const trimmed = text.trim();
  if (!PATTERN.test(trimmed))
    throw new ConfigurationError(`${JSON.stringify(trimmed.slice(0, 40))} is not a length of time; ${HOW_TO_WRITE}`);
  let total = 0;
  for (const [, count, unit] of trimmed.matchAll(/(\d+)([smhd])/g)) total += Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  if (total === 0) throw new ConfigurationError(`"${trimmed}" is no time at all; ${HOW_TO_WRITE}`);
  if (total > LONGEST_MS)
    throw new ConfigurationError(`"${trimmed.slice(0, 40)}" is longer than ten years; leave it out for a run without end`);
  return total;
}
