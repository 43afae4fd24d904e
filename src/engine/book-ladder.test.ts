import { describe, expect, it } from "vitest";
import { Grid } from "../base/grid.ts";
import { BookLadder } from "./book-ladder.ts";

function ladder(depth?: number): BookLadder {
  const grids = { symbol: "BTCUSDT", priceGrid: new Grid("0.01"), quantityGrid: new Grid("0.00001") };
  return new BookLadder(depth === undefined ? grids : { ...grids, depth });
}

describe("a book ladder", () => {
  it("shows exact prices and quantities, best first, no deeper than asked for", () => {
    const book = ladder(2);
    book.setBid(6_400_010, 150_000);
    book.setBid(6_400_009, 1);
    book.setBid(6_400_000, 7);
    book.setAsk(6_400_011, 5);
    book.time = 1_700_000_000_000;
    expect({ ...book.view }).toEqual({
      symbol: "BTCUSDT",
      time: 1_700_000_000_000,
      bids: [
        { price: 64_000.1, quantity: 1.5 },
        { price: 64_000.09, quantity: 0.00001 },
      ],
      asks: [{ price: 64_000.11, quantity: 0.00005 }],
    });
    expect((JSON.parse(JSON.stringify(book.view)) as { bids: unknown[] }).bids).toHaveLength(2);
  });

  it("knows that it is crossed when a bid meets an ask", () => {
    const book = ladder();
    expect(book.isCrossed).toBe(false);
    book.setBid(100, 1);
    expect(book.isCrossed).toBe(false);
    book.setAsk(101, 1);
    expect(book.isCrossed).toBe(false);
    book.setAsk(100, 1);
    expect(book.isCrossed).toBe(true);
  });

  it("stays right while the market walks far away and comes back", () => {
    const book = ladder();
    for (let step = 0; step < 200_000; step += 37) {
      book.setBid(1_000_000 + step, 1);
      book.setAsk(1_000_050 + step, 1);
      book.setBid(1_000_000 + step - 37, 0);
      book.setAsk(1_000_050 + step - 37, 0);
    }
    const last = Math.floor(199_999 / 37) * 37;
    expect([book.bestBid, book.bestAsk, book.size]).toEqual([1_000_000 + last, 1_000_050 + last, 2]);
    book.setAsk(500, 3);
    expect(book.bestAsk).toBe(500);
    book.setAsk(500, 0);
    expect(book.bestAsk).toBe(1_000_050 + last);
  });

  it("keeps no more than a bounded number of levels far from the market", () => {
    const book = ladder();
    book.setAsk(1, 1);
    for (let step = 0; step < 50_000; step += 1) book.setAsk(1_000_000 + step * 10, 1);
    expect(book.size).toBeLessThan(20_100);
    expect(book.askAt(1_000_000)).toBe(1);
  });
});
