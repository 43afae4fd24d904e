import { describe, expect, it } from "vitest";
import { DAY_MS } from "../domain/timeframe.ts";
import { EquityRecorder } from "./equity-recorder.ts";
import { sampleRun } from "./sample-run.ts";
import { numberOf } from "./statistic.ts";
import { computeStatistics } from "./statistics.ts";

/** Balances of ten days; the expected numbers are what Jesse's metrics module computes from them. */
const BALANCES = [13.84, 13.575, 13.78, 13.225, 12.91, 13.095, 12.835, 12.93, 12.93, 12.645];

describe("Jesse's metrics", () => {
  const [startEquity = NaN, ...days] = BALANCES;
  const recorder = new EquityRecorder({ startEquity, barMs: DAY_MS });
  days.forEach((balance, day) => recorder.mark(day * DAY_MS, balance, balance, true));
  const { jesse } = computeStatistics({ ...sampleRun({ days: 5 }), timeframe: "1d", equity: recorder.finish() });

  it.each([
    ["sharpe_ratio", -9.587941547267661],
    ["sortino_ratio", -10.112443518708792],
    ["calmar_ratio", -11.829241220017396],
    ["omega_ratio", 0.29433742927757794],
    ["annual_return", -97.43242949724065],
    ["max_drawdown", -8.2365747460087],
    ["max_underwater_period", 9 * DAY_MS],
  ] as const)("have the %s of Jesse", (key, expected) => {
    expect(numberOf(jesse[key]) / expected).toBeCloseTo(1, 11);
  });
});
