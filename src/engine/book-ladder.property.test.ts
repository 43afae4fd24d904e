/**
 * Holds for any sequence of changes:
 * - the ladder shows exactly the levels that a plain map of both sides holds, best first;
 * - the best prices and the question whether it is crossed agree with that map;
 * - nothing is left after a reset.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Grid } from "../base/grid.ts";
import { BookLadder } from "./book-ladder.ts";

interface Change {
  readonly isBid: boolean;
  readonly price: number;
  readonly quantity: number;
}

/** Prices near each other, and some far beyond the dense part on either side. */
const price = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 99_900, max: 100_100 }) },
  { weight: 2, arbitrary: fc.integer({ min: 60_000, max: 140_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9_000_000_000_000 }) },
);
const change: fc.Arbitrary<Change> = fc.record({
  isBid: fc.boolean(),
  price,
  quantity: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 2 ** 50 })),
});

describe("a book ladder", () => {
  it("shows what a plain map shows, whatever happens to it", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
        const ladder = new BookLadder({ symbol: "X", priceGrid: new Grid("0.01"), quantityGrid: new Grid("0.001"), depth: 400 });
        const bids = new Map<number, number>();
        const asks = new Map<number, number>();
        for (const [index, { isBid, price: steps, quantity }] of changes.entries()) {
          if (isBid) ladder.setBid(steps, quantity);
          else ladder.setAsk(steps, quantity);
          const side = isBid ? bids : asks;
          if (quantity === 0) side.delete(steps);
          else side.set(steps, quantity);

          expect(ladder.bestBid).toBe(bids.size === 0 ? NaN : Math.max(...bids.keys()));
          expect(ladder.bestAsk).toBe(asks.size === 0 ? NaN : Math.min(...asks.keys()));
          expect(ladder.bestBidQuantity).toBe(bids.get(ladder.bestBid) ?? 0);
          expect(ladder.bestAskQuantity).toBe(asks.get(ladder.bestAsk) ?? 0);
          expect(ladder.isCrossed).toBe(ladder.bestBid >= ladder.bestAsk);
          if (index % 20 !== 0) continue;
          expect(ladder.size).toBe(bids.size + asks.size);
          expect(ladder.view.bids).toEqual(levelsOf(bids, -1));
          expect(ladder.view.asks).toEqual(levelsOf(asks, 1));
          for (const [level, offered] of bids) expect(ladder.bidAt(level)).toBe(offered);
          for (const [level, offered] of asks) expect(ladder.askAt(level)).toBe(offered);
        }
        ladder.reset();
        expect(ladder.size).toBe(0);
        expect([ladder.bestBid, ladder.bestAsk]).toEqual([NaN, NaN]);
        expect(ladder.view.bids.length + ladder.view.asks.length).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

function levelsOf(side: ReadonlyMap<number, number>, direction: 1 | -1): unknown {
  const prices = new Grid("0.01");
  const quantities = new Grid("0.001");
  return [...side]
    .toSorted(([left], [right]) => direction * (left - right))
    .map(([steps, quantity]) => ({ price: prices.toNumber(steps), quantity: quantities.toNumber(quantity) }));
}
