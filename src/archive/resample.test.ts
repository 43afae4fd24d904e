import { describe, expect, it } from "vitest";
import { type Bar, barAt, type BarColumns, columnsOf, concatBars, sliceBars } from "../domain/bar.ts";
import type { TradeColumns } from "../domain/trade.ts";
import { BarResampler, barsOfTrades, resampleBars, TradeResampler } from "./resample.ts";

const MIDNIGHT = Date.UTC(2022, 0, 3);
const MINUTE = 60_000;

describe("coarser bars", () => {
  it("open with the first, close with the last, reach the highest and lowest, and add volumes up exactly", () => {
    const fine = minutes([0, 10, 12, 9, 11, 0.1], [1, 11, 15, 10, 14, 0.2], [2, 14, 14, 8, 13, 0.3]);
    expect(rows(resampleBars(fine, { from: "1m", to: "3m" }).bars)).toEqual([[0, 10, 15, 8, 13, 0.6]]);
  });

  it("are left out at the edges when the rows do not cover them", () => {
    const fine = minutes([1, 1, 1, 1, 1, 1], [5, 2, 2, 2, 2, 1], [9, 3, 3, 3, 3, 1], [10, 4, 4, 4, 4, 1]);
    const whole = resampleBars(fine, { from: "1m", to: "5m" });
    expect(rows(whole.bars)).toEqual([[5, 2, 3, 2, 3, 2]]);
    expect([whole.isFirstPartial, whole.isLastPartial]).toEqual([false, false]);
    const all = resampleBars(fine, { from: "1m", to: "5m", edges: "all" });
    expect(rows(all.bars).map(([minute]) => minute)).toEqual([0, 5, 10]);
    expect([all.isFirstPartial, all.isLastPartial]).toEqual([true, true]);
  });

  it("do not stand where there are no rows", () => {
    const fine = minutes([0, 1, 1, 1, 1, 1], [14, 2, 2, 2, 2, 1]);
    expect(rows(resampleBars(fine, { from: "1m", to: "5m" }).bars).map(([minute]) => minute)).toEqual([0, 10]);
  });

  it("take in rows that open off the grid", () => {
    const fine = columnsOf([bar(MIDNIGHT + 14_789, 1), bar(MIDNIGHT + 4 * MINUTE + 14_789, 2), bar(MIDNIGHT + 5 * MINUTE, 3)]);
    expect(rows(resampleBars(fine, { from: "1m", to: "5m", edges: "all" }).bars).map(([minute, , , , close]) => [minute, close])).toEqual([
      [0, 2],
      [5, 3],
    ]);
  });

  it("of a week begin on Monday, or on Thursday as KuCoin counts", () => {
    const days = columnsOf(Array.from({ length: 21 }, (_, day) => bar(MIDNIGHT + day * 1_440 * MINUTE, day)));
    const open = (epochWeeks: boolean) =>
      rows(resampleBars(days, { from: "1d", to: "1w", epochWeeks }).bars).map(([minute]) => (minute as number) / 1_440);
    expect(open(false)).toEqual([0, 7, 14]);
    expect(open(true)).toEqual([3, 10]);
  });

  it("of a month are as long as the month", () => {
    const days = columnsOf(Array.from({ length: 90 }, (_, day) => bar(Date.UTC(2022, 0, 1 + day), day)));
    const { bars } = resampleBars(days, { from: "1d", to: "1M" });
    expect(Array.from(bars.openTime, (time) => new Date(time).toISOString().slice(0, 10))).toEqual([
      "2022-01-01",
      "2022-02-01",
      "2022-03-01",
    ]);
    expect(Array.from(bars.volume)).toEqual([31, 28, 31]);
  });

  it("are refused where the finer ones do not fit into them", () => {
    expect(() => resampleBars(minutes(), { from: "3m", to: "5m" })).toThrow("bars of 5m cannot be built from bars of 3m");
    expect(() => resampleBars(minutes(), { from: "1h", to: "1m" })).toThrow("cannot be built");
    expect(() => resampleBars(minutes(), { from: "1m", to: "1m" })).toThrow("cannot be built");
  });

  it("are the same from chunks of any size", () => {
    const fine = minutes(...Array.from({ length: 500 }, (_, row) => [row, row, row + 2, row - 1, row + 1, row / 10] as const));
    const whole = rows(resampleBars(fine, { from: "1m", to: "15m" }).bars);
    for (const size of [1, 7, 16, 499]) {
      const resampler = new BarResampler("1m", "15m");
      const parts: BarColumns[] = [];
      for (let row = 0; row < fine.length; row += size) {
        resampler.push(sliceBars(fine, row, Math.min(row + size, fine.length)));
        parts.push(resampler.take());
      }
      expect(rows(concatBars([...parts, resampler.finish().bars]))).toEqual(whole);
    }
  });

  it("of nothing are nothing", () => {
    const nothing = resampleBars(minutes(), { from: "1m", to: "1h", edges: "all" });
    expect([nothing.bars.length, nothing.isFirstPartial, nothing.isLastPartial]).toEqual([0, false, false]);
  });
});

describe("bars of trades", () => {
  const trades: TradeColumns = {
    length: 4,
    time: Float64Array.of(MIDNIGHT + 5, MIDNIGHT + 5, MIDNIGHT + 59_999, MIDNIGHT + 130_000),
    price: Float64Array.of(10, 12, 9, 11),
    quantity: Float64Array.of(0.1, 0.2, 0.3, 7),
    takerSide: Int8Array.of(1, 1, -1, 0),
    id: [],
  };

  it("open with the first trade and close with the last", () => {
    expect(rows(barsOfTrades(trades, "1m", { edges: "all" }).bars)).toEqual([
      [0, 10, 12, 9, 9, 0.6],
      [2, 11, 11, 11, 11, 7],
    ]);
  });

  it("leave out the last bar, which more trades may follow", () => {
    expect(rows(barsOfTrades(trades, "1m").bars).map(([minute]) => minute)).toEqual([0]);
  });

  it("come out of a stream as soon as they are finished", () => {
    const resampler = new TradeResampler("1m");
    resampler.push(trades);
    expect(resampler.take().length).toBe(1);
    expect(resampler.finish().bars.length).toBe(0);
  });
});

function bar(openTime: number, price: number): Bar {
  return { openTime, open: price, high: price, low: price, close: price, volume: 1 };
}

type Row = readonly [minute: number, open: number, high: number, low: number, close: number, volume: number];

function minutes(...given: readonly Row[]): BarColumns {
  return columnsOf(
    given.map(([minute, open, high, low, close, volume]) => ({ openTime: MIDNIGHT + minute * MINUTE, open, high, low, close, volume })),
  );
}

function rows(bars: BarColumns): number[][] {
  return Array.from({ length: bars.length }, (_, row) => {
    const { openTime, open, high, low, close, volume } = barAt(bars, row);
    return [(openTime - MIDNIGHT) / MINUTE, open, high, low, close, volume];
  });
}
