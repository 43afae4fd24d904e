/**
 * Properties, over seeds, timeframes and markets from liquid to nearly dead:
 * - every bar is consistent (low ≤ open, close ≤ high), on the instrument's grids, and follows the bar before it without a gap in time.
 * - bars of every timeframe and trades are one market: each resampled gives the other, to the bit.
 * - the same options give the same market, whatever the chunks and whatever was skipped; a longer run begins with the shorter one.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../base/errors.ts";
import { Grid } from "../../base/grid.ts";
import type { Bar, BarColumns } from "../../domain/bar.ts";
import { allocateBars, barAt } from "../../domain/bar.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Timeframe } from "../../domain/timeframe.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, WEEK_MS, barOpenTime, timeframeMs } from "../../domain/timeframe.ts";
import type { Trade } from "../../domain/trade.ts";
import type { SimulatedBarsOptions } from "./market.ts";
import { MARKET_PRESETS } from "./market-presets.ts";
import { createMarket, simulateBars, simulateTrades } from "./market.ts";

const START = Date.UTC(2024, 0, 1);
const bitcoin: Instrument = MARKET_PRESETS.btcusdt.instrument;

const coin: Instrument = { ...bitcoin, symbol: "PEPEUSDT", priceStep: "0.00000001", quantityStep: "1" };
const inverse: Instrument = {
  ...bitcoin,
  kind: "perpetual",
  symbol: "BTCUSD",
  settleAsset: "BTC",
  priceStep: "0.5",
  quantityStep: "1",
  contractType: "inverse",
  contractSize: "100",
};

const markets: fc.Arbitrary<SimulatedBarsOptions> = fc
  .record({
    seed: fc.maxSafeInteger(),
    startTime: fc.integer({ min: 0, max: 2_000 }).map((weeks) => START - WEEK_MS * weeks),
    market: fc.constantFrom(
      { startPrice: 40_000 },
      { startPrice: 0.00001234, instrument: coin },
      { startPrice: 20_000, instrument: inverse },
    ),
    tradesPerMinute: fc.constantFrom(0.05, 1, 3, 40, 600),
    turnoverPerMinute: fc.constantFrom(0.5, 1_000, 2_500_000),
  })
  .map(({ seed, startTime, market, ...character }) => ({ seed, startTime, ...market, character }));

function rowsOf(options: SimulatedBarsOptions): Bar[] {
  return [...simulateBars(options)].flatMap((columns) => Array.from({ length: columns.length }, (_, row) => barAt(columns, row)));
}

/** Bars of a timeframe from finer bars or trades, the plain way; time without trades gives no bar. */
function resample(parts: readonly Bar[], timeframe: Timeframe, quantityStep: string): Bar[] {
  const grid = new Grid(quantityStep);
  const bars = new Map<number, Bar>();
  for (const { openTime: time, open, high, low, close, volume } of parts) {
    if (volume === 0) continue;
    const openTime = barOpenTime(timeframe, time);
    const bar = bars.get(openTime);
    bars.set(openTime, {
      openTime,
      open: bar?.open ?? open,
      high: Math.max(bar?.high ?? -Infinity, high),
      low: Math.min(bar?.low ?? Infinity, low),
      close,
      volume: grid.toNumber(grid.toSteps(bar?.volume ?? 0) + grid.toSteps(volume)),
    });
  }
  return [...bars.values()];
}

function toBar({ time, price, quantity }: Trade): Bar {
  return { openTime: time, open: price, high: price, low: price, close: price, volume: quantity };
}

function withVolume(bars: readonly Bar[]): Bar[] {
  return bars.filter(({ volume }) => volume > 0);
}

describe("simulateBars", () => {
  test("makes consistent bars on the instrument's grids", () => {
    fc.assert(
      fc.property(markets, fc.constantFrom<Timeframe>("1s", "1m", "5m", "1h"), (market, timeframe) => {
        const startTime = market.startTime ?? START;
        const { priceStep, quantityStep } = market.instrument ?? bitcoin;
        const prices = new Grid(priceStep);
        const quantities = new Grid(quantityStep);
        const bars = rowsOf({ ...market, timeframe, endTime: startTime + 200 * timeframeMs(timeframe) });
        expect(bars.length).toBe(200);
        bars.forEach(({ openTime, open, high, low, close, volume }, row) => {
          expect(openTime).toBe(startTime + row * timeframeMs(timeframe));
          expect(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close)).toBe(true);
          for (const price of [open, high, low, close]) expect(prices.round(price)).toBe(price);
          expect(volume >= 0 && quantities.round(volume) === volume).toBe(true);
          if (volume === 0) expect(high).toBe(low);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("stays on the grids however wild the market", () => {
    const wild = fc.record({
      annualVolatility: fc.constantFrom(0.01, 5),
      asymmetry: fc.constantFrom(-1, 1),
      quietShare: fc.constantFrom(0, 0.9),
      jumpsPerDay: fc.constantFrom(0, 500),
      jumpSize: fc.constantFrom(0, 20),
      jumpClustering: fc.constantFrom(0, 0.9),
      aftershock: fc.constantFrom(0, 2),
      turnoverPerMinute: fc.constantFrom(0.01, 1e12),
      tradesPerMinute: fc.constantFrom(0.001, 100_000),
      spreadShare: fc.constantFrom(0, 0.1),
    });
    fc.assert(
      fc.property(wild, fc.nat(), fc.constantFrom(100, 1e12), (character, seed, startSteps) => {
        const endTime = START + 100 * DAY_MS;
        const bars = rowsOf({ seed, timeframe: "1d", startPrice: startSteps * 0.01, character, endTime });
        for (const { open, high, low, close, volume } of bars) {
          expect(low >= 0.01 && low <= Math.min(open, close) && high >= Math.max(open, close) && high < 1e13).toBe(true);
          expect(volume >= 0 && volume < 1e13).toBe(true);
        }
      }),
      { numRuns: 10 },
    );
  });

  test("opens a bar close to where the last one closed", () => {
    const bars = rowsOf({ seed: 3, endTime: START + DAY_MS });
    const gaps = bars.slice(1).map(({ open }, row) => Math.abs(open - (bars[row]?.close ?? NaN)));
    const moves = bars.map(({ open, close }) => Math.abs(close - open));
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    expect(sum(gaps)).toBeLessThan(0.1 * sum(moves));
    expect(gaps.filter((gap) => gap === 0).length / gaps.length).toBeGreaterThan(0.3);
  });

  test("makes the same market for the same seed and another for another", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => {
        const endTime = START + 100 * MINUTE_MS;
        const bars = rowsOf({ seed, endTime });
        expect(rowsOf({ seed, endTime })).toEqual(bars);
        expect(rowsOf({ seed: seed > 0 ? seed - 1 : seed + 1, endTime })).not.toEqual(bars);
      }),
      { numRuns: 20 },
    );
  });

  test("gives the same bits on every machine", () => {
    const bars = rowsOf({ seed: 1, endTime: START + 7 * DAY_MS });
    expect(bars[0]).toEqual(FIRST_BAR);
    expect(bars.at(-1)).toEqual(LAST_BAR);
  });

  test("begins a longer run with the shorter one", () => {
    fc.assert(
      fc.property(markets, fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (market, minutes, more) => {
        const startTime = market.startTime ?? START;
        const shorter = rowsOf({ ...market, endTime: startTime + minutes * MINUTE_MS });
        const longer = rowsOf({ ...market, endTime: startTime + (minutes + more) * MINUTE_MS });
        expect(longer.slice(0, minutes)).toEqual(shorter);
      }),
      { numRuns: 30 },
    );
  });

  test("builds coarse bars from the minutes", () => {
    const endTime = START + 28 * DAY_MS;
    const minutes = rowsOf({ seed: 5, endTime });
    for (const timeframe of ["5m", "1h", "1d", "1w"] as const) {
      expect(rowsOf({ seed: 5, timeframe, endTime })).toEqual(resample(minutes, timeframe, "0.00001"));
    }
  });

  test("knows how long each month is, and leaves out a bar that has not closed", () => {
    const months = rowsOf({ seed: 5, timeframe: "1M", endTime: Date.UTC(2024, 3, 15) });
    expect(months.map(({ openTime }) => openTime)).toEqual([0, 1, 2].map((month) => Date.UTC(2024, month, 1)));
  });

  test("writes every chunk into the given columns, or gives each its own", () => {
    const endTime = START + 2_500 * MINUTE_MS;
    const into = allocateBars(1_000);
    const chunks: number[] = [];
    const closes: number[] = [];
    for (const bars of simulateBars({ seed: 6, into, endTime })) {
      expect(bars.close.buffer).toBe(into.close.buffer);
      chunks.push(bars.length);
      closes.push(...bars.close.subarray(0, bars.length));
    }
    expect(chunks).toEqual([1_000, 1_000, 500]);
    const [own] = [...simulateBars({ seed: 6, endTime })] as [BarColumns];
    expect([...own.close]).toEqual(closes);
  });

  test("goes on without an end where none is set", () => {
    let bars = 0;
    for (const { length } of simulateBars({ seed: 7 })) {
      bars += length;
      if (bars > 50_000) break;
    }
    expect(bars).toBeGreaterThan(50_000);
  });
});

describe("simulateTrades", () => {
  test("makes the trades that the bars were built from", () => {
    fc.assert(
      fc.property(markets, (market) => {
        const endTime = (market.startTime ?? START) + 20 * MINUTE_MS;
        const { quantityStep } = market.instrument ?? bitcoin;
        const trades = [...simulateTrades({ ...market, endTime })].map(toBar);
        for (const timeframe of ["1s", "1m", "5m"] as const) {
          expect(resample(trades, timeframe, quantityStep)).toEqual(withVolume(rowsOf({ ...market, timeframe, endTime })));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("numbers them, keeps them in time order and within the run", () => {
    const endTime = START + HOUR_MS / 4;
    const trades = [...simulateTrades({ seed: 2, endTime })];
    expect(trades.length).toBeGreaterThan(500);
    trades.forEach(({ id, time, quantity }, index) => {
      expect(id).toBe(String(index + 1));
      expect(time).toBeGreaterThanOrEqual(trades[index - 1]?.time ?? START);
      expect(Number.isInteger(time) && time < endTime).toBe(true);
      expect(quantity).toBeGreaterThan(0);
    });
  });

  test("lets them come in bursts, with takers of one side in a row", () => {
    const trades = [...simulateTrades({ seed: 2, endTime: START + 3 * HOUR_MS })];
    const gaps = trades.slice(1).map(({ time }, index) => time - (trades[index]?.time ?? NaN));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    // The deviation of exponential gaps equals their mean.
    expect(Math.sqrt(variance) / mean).toBeGreaterThan(1.5);
    const sameSide = trades.slice(1).filter(({ takerSide }, index) => takerSide === trades[index]?.takerSide).length;
    expect(sameSide / gaps.length).toBeGreaterThan(0.6);
    const buys = trades.filter(({ takerSide }) => takerSide === "buy").length;
    expect(Math.abs(buys / trades.length - 0.5)).toBeLessThan(0.05);
  });

  test("moves within the minute as much as from minute to minute", () => {
    const endTime = START + 2 * DAY_MS;
    const variance = (timeframe: Timeframe): number => {
      const closes = rowsOf({ seed: 4, timeframe, endTime }).map(({ close }) => Math.log(close));
      return closes.slice(1).reduce((sum, close, index) => sum + (close - (closes[index] ?? NaN)) ** 2, 0);
    };
    const ratio = variance("1s") / variance("1m");
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.3);
  });
});

describe("createMarket", () => {
  test("gives the same trades one by one, by the moment and after a skip", () => {
    fc.assert(
      fc.property(markets, fc.double({ min: 0, max: 30, noNaN: true }), (market, minutes) => {
        const moment = (market.startTime ?? START) + minutes * MINUTE_MS;
        const [walking, advancing, skipping] = [createMarket(market), createMarket(market), createMarket(market)];
        const walked: Trade[] = [];
        while (walking.nextTime <= moment) walked.push(walking.next());
        expect(advancing.advanceTo(moment)).toEqual(walked);
        skipping.skipTo(moment);
        for (const other of [advancing, skipping]) {
          expect(other.time).toBe(moment);
          expect([other.lastPrice, other.bid, other.ask]).toEqual([walking.lastPrice, walking.bid, walking.ask]);
        }
        const following = walking.next();
        expect(advancing.next()).toEqual(following);
        expect(skipping.next()).toEqual(following);
      }),
      { numRuns: 40 },
    );
  });

  test("makes every trade at the best bid or ask", () => {
    const market = createMarket({ seed: 3 });
    for (let count = 0; count < 2_000; count += 1) {
      const { price, takerSide } = market.next();
      expect(market.bid).toBeLessThan(market.ask);
      expect(takerSide === "buy" ? market.ask : market.bid).toBe(price);
      expect(market.lastPrice).toBe(price);
    }
  });

  test("does not go back in time", () => {
    const market = createMarket({ seed: 3 });
    market.skipTo(START + HOUR_MS);
    expect(market.advanceTo(START)).toEqual([]);
    market.skipTo(START);
    expect(market.time).toBe(START + HOUR_MS);
    expect(market.nextTime).toBeGreaterThan(START + HOUR_MS);
  });

  test("tells what the market is like", () => {
    const market = createMarket({ seed: 3 });
    market.skipTo(START + DAY_MS);
    const { regime, annualVolatility, turnoverPerMinute, tradesPerMinute } = market.conditions;
    expect(["bull", "bear", "sideways", "turbulent"]).toContain(regime);
    expect(annualVolatility > 0.03 && annualVolatility < 10).toBe(true);
    expect(turnoverPerMinute > 10_000 && tradesPerMinute > 1).toBe(true);
  });
});

describe("options that cannot be a market", () => {
  const refused: readonly (readonly [what: string, options: SimulatedBarsOptions, message: string])[] = [
    ["a broken seed", { seed: 0.5 }, "seed must be a whole number"],
    ["a start between minutes", { seed: 1, startTime: START + 1 }, "startTime must be a whole minute"],
    [
      "a start in the middle of a bar",
      { seed: 1, timeframe: "1h", startTime: START + MINUTE_MS },
      "open time of one, such as 2024-01-01T00:00",
    ],
    ["an end before the start", { seed: 1, endTime: START }, "endTime must lie after its start"],
    ["a price of too few steps", { seed: 1, startPrice: 0.5 }, "startPrice must be 100 to 10^12 price steps"],
    ["a price that is none", { seed: 1, startPrice: NaN }, "startPrice must be"],
    ["a negative volatility", { seed: 1, character: { annualVolatility: -1 } }, "annualVolatility must be a number from 0.01 to 5"],
    ["an unknown preset", { seed: 1, preset: "gold" as "btcusdt" }, '"gold" is not a market preset; use one of btcusdt, ethusdt'],
    ["no regimes", { seed: 1, character: { regimes: [] } }, "at least one regime"],
    [
      "two fast components",
      { seed: 1, character: { volatilityComponents: [1, 2].map((halfLifeMinutes) => ({ halfLifeMinutes, deviation: 0.1 })) } },
      "only one with a half-life below 20 minutes",
    ],
  ];

  test.each(refused)("are refused in one sentence: %s", (_, options, message) => {
    const run = (): unknown => simulateBars(options).next();
    expect(run).toThrow(ConfigurationError);
    expect(run).toThrow(message);
  });

  test("an option has no market of its own", () => {
    const option: Instrument = {
      ...bitcoin,
      kind: "option",
      right: "call",
      strike: "40000",
      expiryTime: START,
      contractSize: "1",
    };
    expect(() => createMarket({ seed: 1, instrument: option })).toThrow("simulate its underlying");
  });
});

/** Seed 1, the first and the last minute of the first week: they change only when the model is changed on purpose. */
const FIRST_BAR: Bar = { openTime: 1_704_067_200_000, open: 39999.45, high: 40036.39, low: 39999.45, close: 40016.85, volume: 45.74773 };
const LAST_BAR: Bar = { openTime: 1_704_671_940_000, open: 40906.43, high: 40909.81, low: 40903.64, close: 40904.47, volume: 10.01076 };
