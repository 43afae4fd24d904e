/**
 * An equity recorder, marked bar by bar, in runs of rows or in any mixture of both, says what a naive recomputation over the
 * whole list of bars says: extremes, exposure, one point a day, the sampled curve, and every drawdown with its duration.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../domain/timeframe.ts";
import { EquityRecorder } from "./equity-recorder.ts";
import type { Drawdown, EquityCurve, EquityRecord } from "./run-record.ts";

const START = Date.UTC(2024, 0, 1, 20);
const CURVE_POINTS = 16;

interface Mark {
  readonly time: number;
  readonly equity: number;
  readonly price: number;
  readonly exposed: boolean;
}

/** Bars that are marked one by one, or as one run whose equity is `base + slope × price`. */
interface Stretch {
  readonly prices: readonly number[];
  readonly gapHours: number;
  readonly isRun: boolean;
  readonly base: number;
  readonly slope: number;
  readonly exposed: boolean;
}

/** Prices and slopes that often bring equity back to the very value it had. */
const stretchArbitrary: fc.Arbitrary<Stretch> = fc.record({
  prices: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 40 }),
  gapHours: fc.integer({ min: 1, max: 60 }),
  isRun: fc.boolean(),
  base: fc.constantFrom(1_000, 1_010, 1_006),
  slope: fc.constantFrom(0, 1, 2, -1),
  exposed: fc.boolean(),
});

function record(stretches: readonly Stretch[]): { readonly actual: EquityRecord; readonly marks: readonly Mark[] } {
  const recorder = new EquityRecorder({ startEquity: 1_000, barMs: HOUR_MS, curvePoints: CURVE_POINTS });
  const marks: Mark[] = [];
  let time = START;
  for (const { prices, gapHours, isRun, base, slope, exposed } of stretches) {
    const own = prices.map((price, index) => ({ time: time + index * HOUR_MS, equity: base + slope * price, price, exposed }));
    marks.push(...own);
    // A run's columns begin before it and end after it.
    const times = Float64Array.from([NaN, ...own.map((mark) => mark.time), NaN]);
    if (isRun) recorder.markRows(times, Float64Array.from([NaN, ...prices, NaN]), 1, prices.length + 1, base, slope, exposed);
    else for (const mark of own) recorder.mark(mark.time, mark.equity, mark.price, exposed);
    time += (prices.length - 1 + gapHours) * HOUR_MS;
  }
  return { actual: recorder.finish(), marks };
}

/** The falls from a high: from the last bar at it to the next bar that is not below it. */
function drawdownsOf(marks: readonly Mark[]): { readonly drawdown: Drawdown; readonly duration: number }[] {
  const found: { drawdown: Drawdown; duration: number }[] = [];
  let peak = marks[0] as Mark;
  let fallen: Mark[] = [];
  const note = (end: Mark | undefined): void => {
    if (fallen.length === 0) return;
    const trough = fallen.reduce((lowest, mark) => (mark.equity < lowest.equity ? mark : lowest));
    const drawdown = {
      ratio: 1 - trough.equity / peak.equity,
      amount: peak.equity - trough.equity,
      peakTime: peak.time,
      troughTime: trough.time,
      recoveryTime: end?.time ?? NaN,
      peakEquity: peak.equity,
      troughEquity: trough.equity,
    };
    found.push({ drawdown, duration: (end?.time ?? (marks.at(-1) as Mark).time) - peak.time });
    fallen = [];
  };
  for (const mark of marks) {
    if (mark.equity >= peak.equity) {
      note(mark);
      peak = mark;
    } else fallen.push(mark);
  }
  note(undefined);
  return found;
}

function curveOf(points: readonly { readonly time: number; readonly equity: number; readonly price: number }[]): EquityCurve {
  return {
    length: points.length,
    time: Float64Array.from(points, ({ time }) => time),
    equity: Float64Array.from(points, ({ equity }) => equity),
    price: Float64Array.from(points, ({ price }) => price),
  };
}

/** Every bar, or every 8th, 64th, … so that fewer than the limit are kept; the last one always. */
function sampled(marks: readonly Mark[]): { readonly curve: EquityCurve; readonly stride: number } {
  let stride = 1;
  while (Math.ceil(marks.length / stride) >= CURVE_POINTS) stride *= 8;
  const points = marks.filter((_mark, index) => index % stride === 0);
  return { curve: curveOf(points.at(-1) === marks.at(-1) ? points : [...points, marks.at(-1) as Mark]), stride };
}

function naive(marks: readonly Mark[]): EquityRecord {
  const [first, last] = [marks[0] as Mark, marks.at(-1) as Mark];
  const drawdowns = drawdownsOf(marks);
  const worst = drawdowns.reduce<Drawdown | undefined>(
    (deepest, { drawdown }) => (deepest === undefined || drawdown.ratio > deepest.ratio ? drawdown : deepest),
    undefined,
  );
  const days = [...Map.groupBy(marks, ({ time }) => Math.floor(time / DAY_MS) * DAY_MS)].map(([time, own]) => ({
    ...(own.at(-1) as Mark),
    time,
  }));
  const { curve, stride } = sampled(marks);
  const mean = (values: readonly number[]): number =>
    values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    bars: marks.length,
    firstTime: first.time,
    lastTime: last.time,
    firstPrice: first.price,
    lastPrice: last.price,
    startEquity: 1_000,
    endEquity: last.equity,
    peakEquity: Math.max(...marks.map(({ equity }) => equity)),
    lowestEquity: Math.min(...marks.map(({ equity }) => equity)),
    exposedBars: marks.filter(({ exposed }) => exposed).length,
    curve,
    curveStepMs: stride * HOUR_MS,
    daily: curveOf(days),
    maxDrawdown: worst,
    drawdownCount: drawdowns.length,
    averageDrawdownRatio: mean(drawdowns.map(({ drawdown }) => drawdown.ratio)),
    longestDrawdownMs: Math.max(0, ...drawdowns.map(({ duration }) => duration)),
    averageDrawdownMs: mean(drawdowns.map(({ duration }) => duration)),
  };
}

describe("an equity recorder", () => {
  it("says what a naive recomputation says, however it was marked", () => {
    fc.assert(
      fc.property(fc.array(stretchArbitrary, { minLength: 1, maxLength: 8 }), (stretches) => {
        const { actual, marks } = record(stretches);
        const expected = naive(marks);
        const average = expected.drawdownCount === 0 ? NaN : (expect.closeTo(expected.averageDrawdownRatio, 12) as number);
        expect(actual).toEqual({ ...expected, averageDrawdownRatio: average });
      }),
      { numRuns: 300 },
    );
  });

  it("goes on after it has been asked", () => {
    const marksOf = (asks: boolean): EquityRecord => {
      const recorder = new EquityRecorder({ startEquity: 100, barMs: HOUR_MS, curvePoints: 4 });
      [100, 90, 95, 110, 80, 120].forEach((equity, index) => {
        recorder.mark(START + index * HOUR_MS, equity, equity, false);
        if (asks) recorder.finish();
      });
      return recorder.finish();
    };
    expect(marksOf(true)).toEqual(marksOf(false));
  });

  it("that was never marked has the equity it started with", () => {
    expect(new EquityRecorder({ startEquity: 100, barMs: HOUR_MS }).finish()).toMatchObject({
      bars: 0,
      endEquity: 100,
      peakEquity: 100,
      lowestEquity: 100,
      drawdownCount: 0,
      maxDrawdown: undefined,
      curve: { length: 0 },
      daily: { length: 0 },
    });
  });
});
