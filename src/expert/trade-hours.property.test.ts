/**
 * Invariants of trade hours:
 * - Joining and sorting ranges changes nothing: a minute is open exactly when one of the written ranges has it.
 * - The ranges are sorted and none touches the next.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { MINUTE_MS } from "../domain/timeframe.ts";
import { isWithinHours, parseTradeHours } from "./trade-hours.ts";

const minute = fc.integer({ min: 0, max: 1439 });
const range = fc.tuple(minute, minute).filter(([from, to]) => from !== to);
const ranges = fc.array(range, { minLength: 1, maxLength: 5 });

test("a minute is open exactly when one of the written ranges has it", () => {
  fc.assert(
    fc.property(ranges, minute, fc.integer({ min: -20_000, max: 20_000 }), (written, asked, day) => {
      const expected = written.some(([from, to]) => (from < to ? asked >= from && asked < to : asked >= from || asked < to));
      expect(isWithinHours(parseTradeHours(textOf(written)), (day * 1440 + asked) * MINUTE_MS)).toBe(expected);
    }),
  );
});

test("the ranges are sorted and none touches the next", () => {
  fc.assert(
    fc.property(ranges, (written) => {
      const parsed = parseTradeHours(textOf(written));
      for (const [index, { fromMinute, toMinute }] of parsed.entries()) {
        expect(fromMinute).toBeLessThan(toMinute);
        expect(parsed[index + 1]?.fromMinute ?? Infinity).toBeGreaterThan(toMinute);
      }
    }),
  );
});

function textOf(written: readonly (readonly [number, number])[]): string {
  return written.map(([from, to]) => `${clock(from)}-${clock(to)}`).join(",");
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
