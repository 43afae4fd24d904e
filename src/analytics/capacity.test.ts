import { describe, expect, it } from "vitest";
import { columnsOf } from "../domain/bar.ts";
import { HOUR_MS } from "../domain/timeframe.ts";
import { capacityOfRun, estimateCapacity } from "./capacity.ts";
import { sampleRun } from "./sample-run.ts";
import { portfolioTurnover } from "./turnover.ts";

/** Hourly bars that trade 1,000 units at 100 each. */
const bars = columnsOf(
  Array.from({ length: 24 * 10 }, (_, hour) => ({ openTime: hour * HOUR_MS, open: 100, high: 100, low: 100, close: 100, volume: 1_000 })),
);

describe("the capacity of a strategy", () => {
  it("is a twentieth of the value that the hour of a fill traded", () => {
    expect(estimateCapacity({ fills: [{ time: 30 * 60_000, value: 50 }], bars, timeframe: "1h" })).toBe(5_000);
  });

  it("shrinks to a fifth when fills follow each other at once", () => {
    const fills = [HOUR_MS * 2.5, HOUR_MS * 2.6].map((time) => ({ time, value: 50 }));

    // The second fill, six minutes later, counts a fifth of its hour: (100,000 + 20,000) × 0.05 / 2.
    expect(estimateCapacity({ fills, bars, timeframe: "1h" })).toBe(3_000);
  });

  it("is unknown without fills or bars", () => {
    expect(estimateCapacity({ fills: [], bars, timeframe: "1h" })).toBeNaN();
    expect(estimateCapacity({ fills: [{ time: 5, value: 1 }], bars: columnsOf([]), timeframe: "1h" })).toBeNaN();
  });

  it("is estimated for one symbol whose bars were kept", () => {
    const run = sampleRun({ days: 60 });

    expect(capacityOfRun(run)).toBeGreaterThan(0);
    expect(capacityOfRun({ ...run, symbols: ["A", "B"] })).toBeNaN();
    expect(capacityOfRun({ ...run, market: "inverse" })).toBeNaN();
  });
});

it("turnover is the value traded on a day over the equity at its end", () => {
  const run = sampleRun({ days: 1, trades: 1 });
  const [first] = sampleRun({ days: 30 }).trades;
  if (first === undefined) throw new Error("the sample run has a trade");
  const trade = { ...first, entryTime: run.from, exitTime: run.from, entryPrice: 100, exitPrice: 110, returnRatio: 0.1, netPnl: 100 };

  // Bought for 1,000 and sold for 1,100 on one day that ends at the daily equity.
  const turnover = portfolioTurnover({ ...run, trades: [trade], tradedValue: 2_100 });

  expect(turnover).toBeCloseTo(2_100 / (run.equity.daily.equity[0] ?? NaN), 12);
});
