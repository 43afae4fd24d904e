/**
 * Of the ways through a bar, for random bars and random protection of a position:
 *
 * - The pessimistic one leaves no more money than either fixed order of high and low, the optimistic one no less.
 * - Whatever the way, no fill lies outside its bar, and none comes before the order was sent.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf } from "../../src/domain/bar.ts";
import { HOUR_MS } from "../../src/domain/timeframe.ts";
import type { OrderOptions } from "../../src/expert/expert.ts";
import { INTRABAR_PATHS, type IntrabarPath } from "../../src/expert/options.ts";
import { run, START } from "./rig.ts";

const cents = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max }).map((value) => value / 100);
const barArbitrary = fc.record({ body: cents(-600, 600), above: cents(0, 500), below: cents(0, 500) });
const protectionArbitrary = fc.record(
  { stopLossPct: cents(20, 500), takeProfitPct: cents(20, 500), trailingStopPct: cents(20, 500) },
  { requiredKeys: [] },
);

interface Case {
  readonly bars: readonly { readonly body: number; readonly above: number; readonly below: number }[];
  readonly isLong: boolean;
  readonly protection: OrderOptions;
}

const caseArbitrary: fc.Arbitrary<Case> = fc.record({
  bars: fc.array(barArbitrary, { minLength: 1, maxLength: 3 }),
  isLong: fc.boolean(),
  protection: protectionArbitrary,
});

/** The equity at the end, and the fills with the bar they lie in. */
async function play({ bars, isLong, protection }: Case, intrabar: IntrabarPath) {
  let close = 100;
  const rows = [{ body: 0, above: 0, below: 0 }, ...bars].map(({ body, above, below }, index) => {
    const open = close;
    close = Number((open + body).toFixed(2));
    const [high, low] = [Number((Math.max(open, close) + above).toFixed(2)), Number((Math.min(open, close) - below).toFixed(2))];
    return { openTime: START + index * HOUR_MS, open, high, low, close, volume: 1 };
  });
  const { fills, record } = await run(
    columnsOf(rows),
    (expert) => {
      let isSent = false;
      expert.onBar("1h", () => {
        if (isSent) return;
        isSent = true;
        if (isLong) expert.buy(protection);
        else expert.sell(protection);
      });
    },
    { run: { intrabar } },
  );
  const placed = fills.map((fill) => {
    const [hour, , , , price] = fill.split(" ").map(Number) as [number, number, number, number, number];
    return { row: rows[hour], price };
  });
  return { equity: record.equity.endEquity, placed };
}

describe("the way through a bar", () => {
  it("is the worst where it is pessimistic and the best where it is optimistic", async () => {
    await fc.assert(
      fc.asyncProperty(caseArbitrary, async (example) => {
        const equity = async (intrabar: IntrabarPath): Promise<number> => (await play(example, intrabar)).equity;
        const fixed = [await equity("openHighLowClose"), await equity("openLowHighClose")];
        expect(await equity("pessimistic")).toBeLessThanOrEqual(Math.min(...fixed) + 1e-9);
        expect(await equity("optimistic")).toBeGreaterThanOrEqual(Math.max(...fixed) - 1e-9);
      }),
      { numRuns: 150 },
    );
  });

  it("never leaves the bar", async () => {
    await fc.assert(
      fc.asyncProperty(caseArbitrary, fc.constantFrom(...INTRABAR_PATHS), async (example, intrabar) => {
        for (const { row, price } of (await play(example, intrabar)).placed) {
          expect(price).toBeGreaterThanOrEqual(row?.low ?? NaN);
          expect(price).toBeLessThanOrEqual(row?.high ?? NaN);
        }
      }),
      { numRuns: 100 },
    );
  });
});
