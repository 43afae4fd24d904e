import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compareWithBenchmark } from "./benchmark.ts";
import { listDrawdowns } from "./drawdowns.ts";
import { largest } from "./moments.ts";
import { annualGrowth, DAYS_PER_YEAR, lastOfPeriods, returnsOf, samplingOf } from "./returns.ts";
import {
  annualVolatility,
  expectedShortfall,
  omegaRatio,
  probabilisticSharpeRatio,
  serenityIndex,
  sharpeRatio,
  sortinoRatio,
  systemQualityNumber,
  ulcerIndex,
} from "./ratios.ts";
import { DAY_MS } from "../domain/timeframe.ts";

/**
 * ffn's test data: closes of 2,517 days. What ffn 1.4.1 and QuantStats 0.0.86 compute from it stands below; ffn's own test suite
 * publishes CAGR, drawdown, total return and the formulas of Sharpe, Sortino and Calmar to three digits.
 */
const FILE = new URL("../../../shared/reference/conformance/metrics/ffn/tests/data/test_data.csv", import.meta.url);
const DAILY = { periodsPerYear: 252 };

/** The first ten days of AAPL, MSFT and C. */
const DATES = ["10", "11", "12", "15", "16", "17", "18", "19", "22", "23"].map((day) => Date.parse(`2004-03-${day}`));
const TEN_DAYS = {
  AAPL: [13.84, 13.575, 13.78, 13.225, 12.91, 13.095, 12.835, 12.93, 12.93, 12.645],
  MSFT: [25.37, 25.09, 25.38, 25.16, 25.18, 25.13, 24.89, 24.63, 24.5, 24.15],
  C: [492.1, 486.2, 493.1, 491.2, 499.9, 508.2, 512.8, 503.4, 496.1, 498],
};

interface Expected {
  readonly cagr: number;
  readonly maxDrawdown: number;
  readonly calmar: number;
  readonly sharpe: number;
  readonly sharpeAtFive: number;
  readonly sortino: number;
  readonly volatility: number;
  readonly omega: number;
  readonly probabilistic: number;
  readonly ulcer: number;
}

const TEN_DAYS_EXPECTED: Readonly<Record<keyof typeof TEN_DAYS, Expected>> = {
  AAPL: {
    cagr: -0.9209055647172911,
    maxDrawdown: 0.08634393063583812,
    calmar: -10.665550640742522,
    sharpe: -7.966713803993962,
    sharpeAtFive: -8.12393387163613,
    sortino: -7.971337585090056,
    volatility: 0.3103604290524721,
    omega: 0.29433742927757794,
    probabilistic: 0.08310843960354647,
    ulcer: 5.581021861051253,
  },
  MSFT: {
    cagr: -0.7495917186275163,
    maxDrawdown: 0.048463356973995286,
    calmar: -15.467185218509234,
    sharpe: -10.890728881018548,
    sharpeAtFive: -11.278867797756407,
    sortino: -10.282756079323855,
    volatility: 0.12571500961352033,
    omega: 0.2016841521717379,
    probabilistic: 0.10286811826305314,
    ulcer: 2.270017144797639,
  },
  C: {
    cagr: 0.39773572807888535,
    maxDrawdown: 0.032566302652105916,
    calmar: 12.213106668194818,
    sharpe: 1.5985246024823314,
    sharpeAtFive: 1.3794092932461468,
    sortino: 2.5338347574412476,
    volatility: 0.22269045380341398,
    omega: 1.2611916789644058,
    probabilistic: 0.6108524286370198,
    ulcer: 1.545360649851835,
  },
};

const TEN_YEARS_EXPECTED: Readonly<Record<keyof typeof TEN_DAYS, Expected>> = {
  AAPL: {
    cagr: 0.440160797470426,
    maxDrawdown: 0.6086673672621729,
    calmar: 0.723154913742623,
    sharpe: 1.1746232565319052,
    sharpeAtFive: 1.0424092450912004,
    sortino: 1.783661579345659,
    volatility: 0.36905988342214996,
    omega: 1.2309417013544421,
    probabilistic: 0.9998969805481465,
    ulcer: 20.513808715913463,
  },
  MSFT: {
    cagr: 0.040740558707623276,
    maxDrawdown: 0.5912034538586077,
    calmar: 0.06891123257437327,
    sharpe: 0.2826440660276984,
    sharpeAtFive: 0.10338360595010614,
    sortino: 0.41155884201816684,
    volatility: 0.27220106223068186,
    omega: 1.055371882730981,
    probabilistic: 0.814696491575851,
    ulcer: 22.93105396251882,
  },
  C: {
    cagr: -0.20511755149584643,
    maxDrawdown: 0.9819180996277256,
    calmar: -0.20889476584005592,
    sharpe: -0.07603495741664908,
    sharpeAtFive: -0.15606786097464442,
    sortino: -0.11315731455403745,
    volatility: 0.6096853354036125,
    omega: 0.9817749155555351,
    probabilistic: 0.4054411610837628,
    ulcer: 70.77267687603987,
  },
};

describe("ratios of ten days of prices", () => {
  for (const [symbol, expected] of Object.entries(TEN_DAYS_EXPECTED)) {
    it(`of ${symbol} are those of ffn and QuantStats`, () => {
      expectAll(DATES, TEN_DAYS[symbol as keyof typeof TEN_DAYS], expected);
    });
  }
});

describe.skipIf(!existsSync(FILE))("ratios of ten years of prices", () => {
  const rows = existsSync(FILE) ? readFileSync(FILE, "utf8").trim().split("\n") : [];
  const cells = rows.slice(1).map((row) => row.split(","));
  const times = cells.map(([date = ""]) => {
    const [month = 0, day = 0, year = 0] = date.split("/").map(Number);
    return Date.UTC(year, month - 1, day);
  });
  for (const [symbol, expected] of Object.entries(TEN_YEARS_EXPECTED)) {
    it(`of ${symbol} are those of ffn and QuantStats`, () => {
      const column = rows[0]?.trim().split(",").indexOf(symbol) ?? -1;
      const prices = cells.map((row) => Number(row[column]));

      expectAll(times, prices, expected);
    });
  }

  it("against a benchmark are those of QuantStats", () => {
    const apple = returnsOf(cells.map((row) => Number(row[1])));
    const microsoft = returnsOf(cells.map((row) => Number(row[2])));
    const comparison = compareWithBenchmark(apple, microsoft, DAILY);

    expect(comparison.beta).toBeCloseTo(0.5438167667193509, 11);
    expect(comparison.alpha).toBeCloseTo(0.39166722719581015, 11);
    expect(comparison.correlation).toBeCloseTo(0.40109344908273536, 11);
    expect(comparison.trackingError).toBeCloseTo(0.36015570175020906, 11);
    expect(comparison.informationRatio / Math.sqrt(252)).toBeCloseTo(0.06236696497487252, 11);
  });
});

describe("a ratio", () => {
  it("without two returns or without spread is not a number", () => {
    expect(sharpeRatio([0.01], DAILY)).toBeNaN();
    expect(sharpeRatio([0.1, 0.1, 0.1], DAILY)).toBeNaN();
    expect(sortinoRatio([0.01, 0.02], DAILY)).toBeNaN();
    expect(omegaRatio([0.01, 0])).toBeNaN();
    expect(serenityIndex([0.01, 0.02])).toBeNaN();
    expect(probabilisticSharpeRatio([0.1, 0.2, 0.1])).toBeNaN();
    expect(systemQualityNumber([5])).toBeNaN();
    expect(systemQualityNumber([0.1, 0.1, 0.1])).toBeNaN();
    expect(expectedShortfall([0.1], 0.05)).toBeNaN();
  });

  it("comes to a hand-checked number", () => {
    // Mean 0.01, sample deviation 0.02·√2 = 0.0282843, downside √(0.01²/2) = 0.00707107.
    expect(sharpeRatio([0.03, -0.01], { periodsPerYear: 1 })).toBeCloseTo(0.01 / (0.02 * Math.SQRT2), 12);
    expect(sortinoRatio([0.03, -0.01], { periodsPerYear: 1 })).toBeCloseTo(Math.SQRT2, 12);
    expect(omegaRatio([0.03, -0.01])).toBeCloseTo(3, 12);
    expect(expectedShortfall([0.02, -0.05, -0.01, 0.03], 0.5)).toBeCloseTo(0.03, 12);
    expect(ulcerIndex([100, 90, 100])).toBeCloseTo(Math.sqrt(0.01 / 3), 12);
  });

  it("of serenity weighs the worst twentieth of drawdowns", () => {
    // Path 1.1, 0.99, 1.089: drawdowns 0, 0.1, 0.01; ulcer √(0.0101 / 2); worst one 0.1.
    const deviation = Math.sqrt((0.1 ** 2 * 2 + 0.1 ** 2 - (0.1 / 3) ** 2 * 3) / 2);
    expect(serenityIndex([0.1, -0.1, 0.1])).toBeCloseTo(0.1 / (Math.sqrt(0.0101 / 2) * (0.1 / deviation)), 10);
  });
});

describe("the sampling of returns", () => {
  const every = (days: number, count: number) => Array.from({ length: count }, (_, index) => index * days * DAY_MS);

  it("is by day, with weekends or without, by week, month or year", () => {
    const workdays = every(1, 70).filter((_, index) => ![2, 3].includes(index % 7));
    const months = Array.from({ length: 30 }, (_, index) => Date.UTC(2020, index, 1));

    expect(samplingOf(every(1, 70))).toEqual({ period: "day", periodsPerYear: 365 });
    expect(samplingOf(workdays)).toEqual({ period: "day", periodsPerYear: 252 });
    expect(samplingOf(every(7, 30))).toEqual({ period: "week", periodsPerYear: 52 });
    expect(samplingOf(months)).toEqual({ period: "month", periodsPerYear: 12 });
    expect(samplingOf(every(365, 30))).toEqual({ period: "year", periodsPerYear: 1 });
  });

  it("keeps the last value of each week, which ends on Sunday", () => {
    // 1 January 1970 was a Thursday, so the first Monday is day 4.
    expect([...lastOfPeriods(every(1, 6), [0, 1, 2, 3, 4, 5], "week")]).toEqual([3, 5]);
  });
});

function expectAll(times: readonly number[], prices: readonly number[], expected: Expected): void {
  const returns = returnsOf(prices);
  const years = ((times.at(-1) as number) - (times[0] as number)) / DAY_MS / DAYS_PER_YEAR;
  const cagr = annualGrowth({ start: prices[0] as number, end: prices.at(-1) as number, years });
  const maxDrawdown = largest(listDrawdowns(times, prices).map(({ ratio }) => ratio));
  // ffn counts 31,557,600 seconds a year as we do, and takes the riskless return of a day as the 252nd root.
  const dailyFive = (1.05 ** (1 / 252) - 1) * 252;
  const actual: Expected = {
    cagr,
    maxDrawdown,
    calmar: cagr / maxDrawdown,
    sharpe: sharpeRatio(returns, DAILY),
    sharpeAtFive: sharpeRatio(returns, { ...DAILY, riskFreeRate: dailyFive }),
    sortino: sortinoRatio(returns, DAILY),
    volatility: annualVolatility(returns, 252),
    omega: omegaRatio(returns),
    probabilistic: probabilisticSharpeRatio(returns),
    ulcer: ulcerIndex(prices) * 100,
  };
  for (const [name, value] of Object.entries(expected) as [keyof Expected, number][]) {
    expect(Math.abs(actual[name] / value - 1), `${name}: ${actual[name]} instead of ${value}`).toBeLessThan(1e-9);
  }
}
