import { createHash } from "node:crypto";
import { splitSymbol } from "../archive/import/names.ts";
import { createRandom } from "../base/random.ts";
import type { Instrument } from "../domain/instrument.ts";
import { MINUTE_MS, timeframeMs } from "../domain/timeframe.ts";
import { MergedFeed } from "../engine/merged-feed.ts";
import { simulateBars } from "../exchanges/simulated/market.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import type { MarketData } from "./market-data.ts";
import { packageVersion } from "./package-version.ts";

const DEFAULT_FROM = Date.UTC(2024, 0, 1);

/** Prices that a reader takes for the real thing; other assets start at 100. */
const START_PRICES: Readonly<Record<string, number>> = { BTC: 40_000, XBT: 40_000, ETH: 2_500, BNB: 300, SOL: 100, XRP: 0.6, DOGE: 0.1 };

/**
 * A market that never was, with the habits of a crypto market: for trying an expert without data. The run's seed makes it, and the
 * same seed and period make the same market. It begins with the run, so indicators warm up on the run's own first bars.
 */
export function simulatedData(run: ResolvedRunOptions): MarketData {
  const from = Math.ceil((run.from ?? DEFAULT_FROM) / MINUTE_MS) * MINUTE_MS;
  const to = run.to ?? yearAfter(from);
  const timeframe = timeframeMs(run.timeframe) < MINUTE_MS ? run.timeframe : "1m";
  const markets = run.symbols.map((symbol, index) => ({
    symbol,
    seed: seedOf(run.seed, symbol, index),
    ...simulatedInstrument(run, symbol),
  }));
  return {
    source: "simulated",
    instruments: markets.map(({ instrument }) => instrument),
    streams: run.symbols.map((symbol) => ({ symbol, timeframe })),
    from,
    to,
    warnings: [],
    open: async () =>
      new MergedFeed(
        markets.map(({ symbol, ...market }) => ({
          symbol,
          timeframe,
          chunks: simulateBars({ ...market, timeframe, startTime: from, endTime: to }),
        })),
      ),
    hash: async () =>
      createHash("sha256")
        .update(JSON.stringify([packageVersion(), timeframe, from, to, markets]))
        .digest("hex"),
  };
}

function yearAfter(time: number): number {
  const date = new Date(time);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.getTime();
}

/** The first symbol has the run's own seed, which is the one that is printed. */
function seedOf(seed: number, symbol: string, index: number): number {
  return index === 0
    ? seed
    : createRandom(seed)
        .fork(symbol)
        .integer(0, 2 ** 31);
}

function simulatedInstrument(run: ResolvedRunOptions, symbol: string): { readonly instrument: Instrument; readonly startPrice: number } {
  const { base, quote } = splitSymbol(symbol) ?? { base: symbol, quote: "USDT" };
  const startPrice = START_PRICES[base] ?? 100;
  const common = {
    symbol,
    exchange: run.exchange,
    baseAsset: base,
    quoteAsset: quote,
    priceStep: startPrice >= 1_000 ? "0.01" : startPrice >= 10 ? "0.001" : "0.00001",
    quantityStep: startPrice >= 1_000 ? "0.00001" : startPrice >= 10 ? "0.001" : "0.1",
  };
  if (run.market === "linear") {
    return { startPrice, instrument: { ...common, kind: "perpetual", contractType: "linear", contractSize: "1", settleAsset: quote } };
  }
  if (run.market === "inverse") {
    const contracts = { contractSize: "100", quantityStep: "1", settleAsset: base };
    return { startPrice, instrument: { ...common, ...contracts, kind: "perpetual", contractType: "inverse" } };
  }
  return { startPrice, instrument: { ...common, kind: "spot", settleAsset: quote } };
}
