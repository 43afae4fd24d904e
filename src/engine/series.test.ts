/**
 * A coarser bar is the first open, the highest high, the lowest low, the last close and the sum of volumes of the finer bars
 * whose open lies in it, however many are missing; it closes with the finer bar that ends it or when time passes its end.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barAt, columnsOf, type Bar, type BarColumns } from "../domain/bar.ts";
import { barOpenTime, MINUTE_MS, type Timeframe } from "../domain/timeframe.ts";
import { bars } from "../testing/bars.ts";
import { BarSeries } from "./series.ts";

const START = Date.UTC(2024, 0, 1);

/** All coarser bars, those that a gap leaves open handed out when the next row passes their end. */
function build(timeframe: Timeframe, columns: BarColumns): Bar[] {
  const series = new BarSeries("BTCUSDT", timeframe);
  const closed: Bar[] = [];
  series.track({ warmup: 1, value: NaN, update: (bar) => void closed.push({ ...bar }) });
  for (let row = 0; row < columns.length; row += 1) {
    const closeTime = (columns.openTime[row] as number) + MINUTE_MS;
    if (series.formingUntil < closeTime) series.closeForming();
    series.absorb(columns, row, closeTime);
  }
  if (series.formingUntil !== Infinity) series.closeForming();
  return closed;
}

describe("a series of coarser bars", () => {
  it("is built from the finer ones", () => {
    const closed = build(
      "5m",
      bars("1m", [
        [10, 12, 9, 11, 1],
        [11, 11, 8, 9, 2],
        [9, 10, 9, 10, 3],
        [10, 15, 10, 14, 4],
        [14, 14, 13, 13, 5],
        [13, 14, 12, 12, 6],
      ]),
    );
    expect(closed).toEqual([
      { openTime: START, open: 10, high: 15, low: 8, close: 13, volume: 15 },
      { openTime: START + 5 * MINUTE_MS, open: 13, high: 14, low: 12, close: 12, volume: 6 },
    ]);
  });

  it("groups whatever rows there are by the bar they lie in", () => {
    const kept = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 99 })), { minLength: 1, maxLength: 90 });
    fc.assert(
      fc.property(kept, fc.constantFrom<Timeframe>("3m", "5m", "15m", "1h"), (draws, timeframe) => {
        const rows = draws.flatMap(([isThere, price], minute): Bar[] =>
          isThere
            ? [{ openTime: START + minute * MINUTE_MS, open: price, high: price + 2, low: price - 1, close: price + 1, volume: price }]
            : [],
        );
        const groups = Map.groupBy(rows, ({ openTime }) => barOpenTime(timeframe, openTime));
        const expected = [...groups].map(([openTime, group]) => ({
          openTime,
          open: group[0]?.open,
          high: Math.max(...group.map(({ high }) => high)),
          low: Math.min(...group.map(({ low }) => low)),
          close: group.at(-1)?.close,
          volume: group.reduce((sum, { volume }) => sum + volume, 0),
        }));
        expect(build(timeframe, columnsOf(rows))).toEqual(expected);
      }),
    );
  });

  it("of trades opens with the first and closes with the last of them", () => {
    const series = new BarSeries("BTCUSDT", "1m");
    for (const [second, price, quantity] of [
      [5, 10, 1],
      [20, 13, 2],
      [40, 8, 3],
      [59, 9, 4],
    ] as const)
      series.absorbTrade(price, quantity, START + second * 1_000);
    expect(series.formingUntil).toBe(START + MINUTE_MS);
    series.closeForming();
    expect(series.bar.snapshot()).toEqual({ openTime: START, open: 10, high: 13, low: 8, close: 9, volume: 10 });
  });

  it("shows an indicator that is tracked twice each bar once", () => {
    const series = new BarSeries("BTCUSDT", "1m");
    let shown = 0;
    const indicator = { warmup: 7, value: NaN, update: () => void (shown += 1) };
    series.track(indicator);
    series.track(indicator);
    const columns = bars("1m", [10, 11]);
    for (let row = 0; row < columns.length; row += 1) series.takeRow(columns, row);
    expect([shown, series.warmup, series.bar.close]).toEqual([2, 7, barAt(columns, 1).close]);
  });
});
