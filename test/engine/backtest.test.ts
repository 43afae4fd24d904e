import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/base/clock.ts";
import { ExpertError } from "../../src/base/errors.ts";
import { HOUR_MS } from "../../src/domain/timeframe.ts";
import { MergedFeed } from "../../src/engine/merged-feed.ts";
import { defineExpert } from "../../src/expert/define.ts";
import type { ExpertDefinition } from "../../src/expert/define.ts";
import type { Expert } from "../../src/expert/expert.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { ema, rsi } from "../../src/indicators/index.ts";
import { Backtest } from "../../src/run/backtest.ts";
import { memoryData } from "../../src/run/memory-data.ts";
import { runBacktest } from "../../src/run/run-backtest.ts";
import { bars } from "../../src/testing/bars.ts";
import { PERPETUAL, START } from "./rig.ts";

const streams = [{ symbol: "BTCUSDT", timeframe: "5m" }] as const;
const expertOf = (setup: (expert: Expert) => void, warmupBars?: number): ExpertDefinition =>
  defineExpert({ name: "Test", symbol: "BTCUSDT", timeframe: "1h", ...(warmupBars === undefined ? {} : { warmupBars }) }, setup);
const backtestOf = (definition: ExpertDefinition): Backtest =>
  new Backtest({ definition, run: resolveRunOptions(definition.options, { marketType: "futures" }), instruments: [PERPETUAL], streams });

describe("the warm-up that a backtest asks for", () => {
  it("is the longest that a tracked indicator needs, in bars of its own timeframe", () => {
    const backtest = backtestOf(
      expertOf((expert) => {
        expert.track("5m", ema(100));
        expert.track("4h", rsi(14));
        expert.track("1h", ema(20));
      }),
    );
    // An RSI of 14 needs 15 bars of four hours.
    expect(backtest.warmupMs).toBe(15 * 4 * HOUR_MS);
  });

  it("is warmupBars of the definition's timeframe where that is given", () => {
    expect(backtestOf(expertOf((expert) => void expert.track("4h", rsi(14)), 7)).warmupMs).toBe(7 * HOUR_MS);
  });

  it("is none without indicators", () => {
    expect(backtestOf(expertOf(() => undefined)).warmupMs).toBe(0);
  });
});

describe("a backtest", () => {
  const feed = () => new MergedFeed([{ ...streams[0], chunks: [bars("5m", [100, 101, 102, 103])] }]);

  it("asks onBacktest for the run's fitness last", async () => {
    const backtest = backtestOf(
      expertOf((expert) => {
        expert.onBar("5m", () => void (expert.position.isFlat ? expert.buy({ quantity: 1 }) : expert.closePosition()));
        expert.onBacktest(({ startEquity, endEquity, trades }) => endEquity - startEquity + 100 * trades.length);
      }),
    );
    const record = await backtest.run(feed());
    expect(backtest.fitness(record)).toBeCloseTo(100 + record.equity.endEquity - 10_000, 9);
  });

  it("ends after the event at hand when it is told to", async () => {
    const backtest = backtestOf(expertOf((expert) => expert.onBar("5m", () => backtest.stop())));
    const record = await backtest.run(feed());
    expect(record.equity.bars).toBe(1);
    expect(record.warnings).toEqual(["the run stopped at 2024-01-01T00:05:00.000Z: the expert or the user asked for it"]);
  });

  it("refuses symbols that settle in different assets", () => {
    const definition = defineExpert({ name: "Two", symbols: ["BTCUSDT", "BTCUSDC"], timeframe: "1h" }, () => undefined) as ExpertDefinition;
    const instruments = [PERPETUAL, { ...PERPETUAL, symbol: "BTCUSDC", settleAsset: "USDC" }];
    const run = resolveRunOptions(definition.options, { marketType: "futures" });
    expect(() => new Backtest({ definition, run, instruments, streams })).toThrow(
      "the symbols settle in USDT and USDC; choose symbols that settle in one asset",
    );
  });

  it("refuses more leverage than an instrument allows", () => {
    const definition = expertOf(() => undefined);
    const build = (leverage: number, leverageMax?: number): Backtest =>
      new Backtest({
        definition,
        run: resolveRunOptions(definition.options, { marketType: "futures", risk: { leverage } }),
        instruments: [leverageMax === undefined ? PERPETUAL : { ...PERPETUAL, leverageMax }],
        streams,
      });
    expect(() => build(21, 20)).toThrow("risk.leverage: BTCUSDT allows at most 20; write that or less instead of 21");
    expect(() => build(126)).toThrow("risk.leverage: BTCUSDT allows at most 125");
    expect(build(20, 20).warmupMs).toBe(0);
  });

  it("says whose mistake it is when the setup function throws", async () => {
    const definition = expertOf(() => {
      throw new TypeError("not like this");
    });
    const run = resolveRunOptions(definition.options, { marketType: "futures" });
    const data = memoryData([{ instrument: PERPETUAL, timeframe: "5m", bars: bars("5m", [100, 101]) }], run);
    const error: unknown = await runBacktest({ definition, run, data, clock: new VirtualClock(START) }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ExpertError);
    expect(error).toMatchObject({ message: "the expert's setup function threw: not like this", cause: new TypeError("not like this") });
  });

  it("refuses bars that cannot be built from the data", () => {
    expect(() => backtestOf(expertOf((expert) => expert.onBar("3m", () => undefined)))).toThrow(
      "onBar: bars of 3m cannot be built from the 5m bars of BTCUSDT; use a multiple of 5m",
    );
  });
});
