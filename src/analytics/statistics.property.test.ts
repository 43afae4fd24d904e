/**
 * Properties of the statistics: scaling the capital leaves every ratio; the order of trades does not matter; a drawdown lies between
 * 0 and 1; Sharpe and Sortino have the sign of the mean; a probability lies between 0 and 1; beta of a multiple is the multiple;
 * whatever equity does, ruin included, every statistic is a finite number, a text or a reason, and the reports can be written.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareWithBenchmark } from "./benchmark.ts";
import { studentTwoSided } from "./distributions.ts";
import { listDrawdowns, underwater } from "./drawdowns.ts";
import { largest, mean } from "./moments.ts";
import { probabilisticSharpeRatio, sharpeRatio, sortinoRatio } from "./ratios.ts";
import { sampleRun } from "./sample-run.ts";
import { computeStatistics, STATISTIC_DEFINITIONS } from "./statistics.ts";
import { renderTearSheet } from "./tear-sheet/tear-sheet.ts";
import { renderReport } from "./terminal-report.ts";
import { toJson } from "./report-json.ts";
import { barCloseTime } from "../domain/timeframe.ts";
import { EquityRecorder } from "./equity-recorder.ts";
import { summarizeTrades } from "./trade-summary.ts";

const returns = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 4, maxLength: 60 });
const equity = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 80 });
const DAILY = { periodsPerYear: 365 };

describe("statistics", () => {
  it("of a run with more capital are the same but for amounts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 2, max: 7 }), (seed, power) => {
        const scale = 2 ** power;
        const small = computeStatistics(sampleRun({ seed, days: 60, trades: 40, initialCapital: 1_000 }));
        const large = computeStatistics(sampleRun({ seed, days: 60, trades: 40, initialCapital: 1_000 * scale }));
        for (const group of ["headline", "backtestingPy", "freqtrade", "lean", "jesse"] as const) {
          for (const [key, { unit }] of Object.entries(STATISTIC_DEFINITIONS[group])) {
            const before: unknown = (small[group] as Record<string, { value?: unknown }>)[key]?.value;
            const after: unknown = (large[group] as Record<string, { value?: unknown }>)[key]?.value;
            const isAmount = unit === "currency" && key !== "Estimated Strategy Capacity";
            if (typeof before !== "number") expect(after, key).toBe(before);
            else expect(after, `${group}.${key}`).toBeCloseTo(isAmount ? before * scale : before, 5);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it("are finite or have a reason whatever equity does", () => {
    const marks = fc.array(fc.tuple(fc.double({ min: -50, max: 500, noNaN: true }), fc.double({ min: 0.001, max: 100, noNaN: true })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        marks,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(...(["1m", "1h", "1d", "1w", "1M"] as const)),
        (path, seed, timeframe) => {
          const recorder = new EquityRecorder({ startEquity: 100, barMs: 3_600_000 });
          recorder.mark(Date.UTC(2023, 11, 31), 100, 50, false);
          let time = Date.UTC(2024, 0, 1);
          for (const [value, price] of path) {
            recorder.mark(time, value, price, value > 100);
            time = barCloseTime(timeframe, time);
          }
          const run = { ...sampleRun({ seed, days: 10, trades: 10 }), timeframe, equity: recorder.finish() };
          const statistics = computeStatistics(run);
          for (const { value } of Object.values(statistics.headline))
            expect(typeof value !== "number" || Number.isFinite(value)).toBe(true);
          expect(JSON.stringify(toJson(run, statistics))).not.toMatch(/NaN|Infinity/);
          expect(renderReport(run, statistics)).not.toMatch(/NaN|Infinity|undefined/);
          const page = renderTearSheet(run, statistics, { style: "", script: "", chartLibrary: "" });
          expect(page).not.toMatch(/NaN|Infinity|undefined/);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("of trades do not depend on their order", () => {
    const { trades } = sampleRun({ days: 60 });
    const summary = summarizeTrades(trades);
    fc.assert(
      fc.property(fc.shuffledSubarray([...trades], { minLength: trades.length }), (shuffled) => {
        for (const [key, value] of Object.entries(summarizeTrades(shuffled))) {
          expect(value).toBeCloseTo(summary[key as keyof typeof summary], 10);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("drawdowns", () => {
  it("lie between 0 and 1 and are as deep as the curve under water", () => {
    fc.assert(
      fc.property(equity, (values) => {
        const times = values.map((_, index) => index);
        const drawdowns = listDrawdowns(times, values);
        const depth = largest(underwater(values));
        for (const { ratio } of drawdowns) expect(ratio > 0 && ratio < 1).toBe(true);
        expect(largest([0, ...drawdowns.map(({ ratio }) => ratio)])).toBeCloseTo(depth, 12);
      }),
    );
  });

  it("do not overlap, and only the last can be unrecovered", () => {
    fc.assert(
      fc.property(equity, (values) => {
        const drawdowns = listDrawdowns(
          values.map((_, index) => index),
          values,
        );
        drawdowns.forEach((drawdown, index) => {
          const next = drawdowns[index + 1];
          expect(drawdown.peakTime < drawdown.troughTime).toBe(true);
          if (next !== undefined) expect(drawdown.recoveryTime <= next.peakTime).toBe(true);
        });
      }),
    );
  });
});

describe("ratios", () => {
  it("have the sign of the mean return", () => {
    fc.assert(
      fc.property(returns, (values) => {
        for (const ratio of [sharpeRatio(values, DAILY), sortinoRatio(values, DAILY)]) {
          if (!Number.isNaN(ratio)) expect(Math.sign(ratio)).toBe(Math.sign(mean(values)));
        }
      }),
    );
  });

  it("that are probabilities lie between 0 and 1", () => {
    fc.assert(
      fc.property(returns, fc.double({ min: -50, max: 50, noNaN: true }), fc.integer({ min: 1, max: 5_000 }), (values, t, freedom) => {
        for (const probability of [probabilisticSharpeRatio(values), studentTwoSided(t, freedom)]) {
          if (!Number.isNaN(probability)) expect(probability >= 0 && probability <= 1).toBe(true);
        }
      }),
    );
  });

  it("of a leveraged benchmark have the leverage as beta and no alpha", () => {
    fc.assert(
      fc.property(returns, fc.double({ min: -3, max: 3, noNaN: true }), (values, leverage) => {
        const { beta, alpha } = compareWithBenchmark(
          values.map((value) => value * leverage),
          values,
          DAILY,
        );
        if (Number.isNaN(beta)) return;
        expect(beta).toBeCloseTo(leverage, 6);
        expect(alpha).toBeCloseTo(0, 6);
      }),
    );
  });
});
