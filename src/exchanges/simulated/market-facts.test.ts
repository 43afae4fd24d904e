/**
 * The stylised facts of returns (Cont 2001) in simulated years, beside what BTCUSDT showed on Binance spot in 2022 (525,600 minutes).
 * Seeds are fixed, so the figures are too; bounds are wide because one year of a real market differs as much from the next.
 */
import { describe, expect, test } from "vitest";
import type { BarColumns } from "../../domain/bar.ts";
import { allocateBars } from "../../domain/bar.ts";
import { DAY_MS, MINUTE_MS } from "../../domain/timeframe.ts";
import type { MarketCharacter } from "./market-character.ts";
import { MARKET_PRESETS } from "./market-presets.ts";
import { NO_SEASON } from "./market-season.ts";
import { createMarket, simulateBars } from "./market.ts";

const START = Date.UTC(2024, 0, 1);
const YEAR_MINUTES = 525_600;
/** Measured on the real minutes with the functions below. */
const REAL = {
  annualVolatility: 0.658,
  median: 0.374,
  high: 1.368,
  veryHigh: 3.57,
  extreme: 7.74,
  lag1: 0.381,
  lag60: 0.215,
  lag1440: 0.145,
};

const years = [1, 2, 3].map((seed) => simulateYear(seed));
const returns = years.map((bars) => logReturns(bars, 1));

function simulateYear(seed: number, character: Partial<MarketCharacter> = {}): BarColumns {
  const into = allocateBars(YEAR_MINUTES);
  for (const bars of simulateBars({ seed, into, endTime: START + YEAR_MINUTES * MINUTE_MS, character })) return bars;
  throw new Error("a year has bars");
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}

function logReturns({ close, length }: BarColumns, minutes: number): Float64Array {
  return Float64Array.from({ length: Math.floor(length / minutes) - 1 }, (_, row) =>
    Math.log(at(close, (row + 2) * minutes - 1) / at(close, (row + 1) * minutes - 1)),
  );
}

function logRanges({ high, low, length }: BarColumns): Float64Array {
  return Float64Array.from({ length }, (_, row) => Math.log(at(high, row) / at(low, row)));
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += at(values, index);
  return sum / values.length;
}

function deviation(values: Float64Array): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

function kurtosis(values: Float64Array): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 4)) / deviation(values) ** 4;
}

function correlation(left: Float64Array, right: Float64Array): number {
  const leftMean = mean(left);
  const rightMean = mean(right);
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) sum += (at(left, index) - leftMean) * (at(right, index) - rightMean);
  return sum / left.length / (deviation(left) * deviation(right));
}

function autocorrelation(values: Float64Array, lag: number): number {
  return correlation(values.subarray(lag), values.subarray(0, values.length - lag));
}

function median(values: readonly number[]): number {
  return at(Float64Array.from(values).toSorted(), values.length >> 1);
}

/** Mean of the values whose minute satisfies the condition. */
function meanWhere(values: Float64Array, { openTime }: BarColumns, isChosen: (date: Date) => boolean): number {
  return mean(values.filter((_, row) => row % 15 === 0 && isChosen(new Date(at(openTime, row)))));
}

/** Minutes whose return is beyond six times the deviation of the hour before. */
function countJumps(values: Float64Array): number {
  let squares = 0;
  let jumps = 0;
  values.forEach((value, row) => {
    if (row >= 60) {
      if (value * value > (36 * squares) / 60) jumps += 1;
      squares -= at(values, row - 60) ** 2;
    }
    squares += value * value;
  });
  return jumps;
}

describe("returns", () => {
  test("are as volatile as the real ones", () => {
    const volatility = median(returns.map((values) => deviation(values) * Math.sqrt(YEAR_MINUTES)));
    expect(volatility / REAL.annualVolatility).toBeGreaterThan(0.75);
    expect(volatility / REAL.annualVolatility).toBeLessThan(1.3);
  });

  test("have fat tails that thin out with aggregation", () => {
    const byMinutes = [1, 60, 1_440].map((minutes) => median(years.map((bars) => kurtosis(logReturns(bars, minutes)))));
    expect(byMinutes[0]).toBeGreaterThan(25);
    expect(byMinutes[1]).toBeGreaterThan(6);
    expect(byMinutes[2]).toBeGreaterThan(3.2);
    expect(byMinutes[0]).toBeGreaterThan(at(byMinutes, 1));
    expect(byMinutes[1]).toBeGreaterThan(at(byMinutes, 2));
  });

  test("are distributed as the real ones, from the middle to the far tail", () => {
    const shares = [0.5, 0.9, 0.99, 0.999];
    const real = [REAL.median, REAL.high, REAL.veryHigh, REAL.extreme];
    const sorted = returns.map((values) => values.map(Math.abs).toSorted());
    shares.forEach((share, index) => {
      const simulated = median(
        sorted.map((values, year) => at(values, Math.floor(share * values.length)) / deviation(returns[year] as Float64Array)),
      );
      expect(Math.abs(simulated / at(real, index) - 1)).toBeLessThan(0.2);
    });
  });

  test("tell nothing about the next return", () => {
    for (const values of returns) {
      for (const lag of [1, 2, 10, 60]) expect(Math.abs(autocorrelation(values, lag))).toBeLessThan(0.025);
    }
  });

  test("are almost never zero", () => {
    const share = median(returns.map((values) => values.filter((value) => value === 0).length / values.length));
    expect(share).toBeGreaterThan(0.001);
    expect(share).toBeLessThan(0.01);
  });
});

describe("volatility", () => {
  const absolute = returns.map((values) => values.map(Math.abs));

  test("clusters, and is forgotten as slowly as in the real market", () => {
    const memory = [1, 60, 1_440].map((lag) => median(absolute.map((values) => autocorrelation(values, lag))));
    [REAL.lag1, REAL.lag60, REAL.lag1440].forEach((real, index) => {
      expect(at(memory, index) / real).toBeGreaterThan(0.6);
      expect(at(memory, index) / real).toBeLessThan(1.4);
    });
  });

  test("decays slower than by a constant share a minute", () => {
    const [minute = NaN, hour = NaN, day = NaN] = [1, 60, 1_440].map((lag) =>
      median(absolute.map((values) => autocorrelation(values, lag))),
    );
    expect(hour).toBeLessThan(minute);
    expect(day).toBeLessThan(hour);
    expect(day).toBeGreaterThan(hour * (hour / minute) ** 2);
  });

  test("rises after losses only where the market is asymmetric", () => {
    const leverage = (character: Partial<MarketCharacter>): number => {
      const values = logReturns(simulateYear(4, character), 1);
      return correlation(values.subarray(0, -1), values.map(Math.abs).subarray(1));
    };
    expect(Math.abs(leverage({}))).toBeLessThan(0.02);
    expect(leverage({ asymmetry: 0.9 })).toBeLessThan(-0.04);
  });

  test("moves together with volume, which has a memory too", () => {
    for (const bars of years) {
      const logVolume = bars.volume.map((volume) => Math.log(volume + 1e-5));
      expect(
        correlation(
          logVolume,
          logRanges(bars).map((range) => Math.log(range + 1e-7)),
        ),
      ).toBeGreaterThan(0.5);
      expect(autocorrelation(logVolume, 60)).toBeGreaterThan(0.3);
    }
  });

  test("shows in the range of a minute as in a Brownian one", () => {
    const bodies = years.map(({ open, close, length }) =>
      mean(Float64Array.from({ length }, (_, row) => Math.abs(Math.log(at(close, row) / at(open, row))))),
    );
    const ratio = median(years.map((bars, year) => mean(logRanges(bars)) / at(bodies, year)));
    expect(ratio).toBeGreaterThan(1.8);
    expect(ratio).toBeLessThan(2.1);
  });
});

describe("the clock", () => {
  const isWeekend = (date: Date): boolean => date.getUTCDay() % 6 === 0;

  test("makes the American afternoon livelier than the early morning, and weekdays than weekends", () => {
    for (const bars of years) {
      for (const values of [logRanges(bars), bars.volume]) {
        const afternoon = meanWhere(values, bars, (date) => date.getUTCHours() === 14);
        const morning = meanWhere(values, bars, (date) => date.getUTCHours() === 4);
        expect(afternoon / morning).toBeGreaterThan(1.3);
        expect(meanWhere(values, bars, (date) => !isWeekend(date)) / meanWhere(values, bars, isWeekend)).toBeGreaterThan(1.2);
      }
    }
  });

  test("makes no difference where there is no season", () => {
    const bars = simulateYear(1, { season: NO_SEASON });
    const ranges = logRanges(bars);
    const ratio =
      meanWhere(ranges, bars, (date) => date.getUTCHours() === 14) / meanWhere(ranges, bars, (date) => date.getUTCHours() === 4);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.12);
  });
});

describe("jumps", () => {
  test("come about as often as in the real market, where 2.5 minutes a day move six times the hour's deviation", () => {
    const perDay = median(returns.map(countJumps)) / 365;
    expect(perDay).toBeGreaterThan(1.2);
    expect(perDay).toBeLessThan(4);
    const without = logReturns(simulateYear(1, { jumpsPerDay: 0 }), 1);
    expect(countJumps(without) / 365).toBeLessThan(0.7 * perDay);
  });
});

describe("regimes", () => {
  test("differ in volatility and drift, and take turns", () => {
    const market = createMarket({ seed: 8 });
    const byRegime = new Map<string, number[]>();
    let before = market.lastPrice;
    for (let day = 1; day <= 6 * 365; day += 1) {
      const { regime } = market.conditions;
      market.skipTo(START + day * DAY_MS);
      const moves = byRegime.get(regime) ?? [];
      moves.push(Math.log(market.lastPrice / before));
      byRegime.set(regime, moves);
      before = market.lastPrice;
    }
    expect([...byRegime.keys()].toSorted()).toEqual(MARKET_PRESETS.btcusdt.character.regimes.map(({ name }) => name).toSorted());
    const moves = (name: string): Float64Array => Float64Array.from(byRegime.get(name) ?? []);
    expect(deviation(moves("turbulent"))).toBeGreaterThan(1.4 * deviation(moves("sideways")));
    expect(mean(moves("bull"))).toBeGreaterThan(0.001);
    expect(mean(moves("bear"))).toBeLessThan(-0.001);
  });
});

describe("decades", () => {
  test("neither kill the price nor let it explode", () => {
    const endTime = START + 10 * 365 * DAY_MS;
    for (const bars of simulateBars({ seed: 9, timeframe: "1d", endTime })) {
      expect(Math.min(...bars.low.subarray(0, bars.length))).toBeGreaterThan(400);
      expect(Math.max(...bars.high.subarray(0, bars.length))).toBeLessThan(4_000_000);
    }
  });
});
