import { performance } from "node:perf_hooks";
import type { RunRecord } from "../../src/analytics/run-record.ts";
import type { BarColumns } from "../../src/domain/bar.ts";
import type { SpotInstrument } from "../../src/domain/instrument.ts";
import type { Timeframe } from "../../src/domain/timeframe.ts";
import { MergedFeed } from "../../src/engine/merged-feed.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { defineExpert, int } from "../../src/index.ts";
import { ema } from "../../src/indicators/index.ts";
import { Backtest } from "../../src/run/backtest.ts";

const instrument: SpotInstrument = {
  kind: "spot",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.00001",
};

/** The measured expert: an EMA cross with fees, slippage, a stop-loss and a take-profit, on bars of the given length. */
export function emaCross(timeframe: Timeframe) {
  return defineExpert(
    {
      name: "EMA cross",
      symbol: "BTCUSDT",
      timeframe,
      params: { fast: int(12, { min: 3, max: 50 }), slow: int(26, { min: 10, max: 200 }) },
      risk: { sizing: { type: "fixedQuote", amount: 1_000 }, stopLossPct: 2, takeProfitPct: 4, slippagePct: 0.01 },
    },
    (expert, params) => {
      const fast = expert.track(timeframe, ema(params.fast));
      const slow = expert.track(timeframe, ema(params.slow));

      expert.onBar(timeframe, () => {
        if (fast.value > slow.value) {
          if (expert.position.isFlat) expert.buy();
        } else if (expert.position.isLong) expert.closePosition();
      });
    },
  );
}

/** Runs the expert once over one-minute bars. */
export async function runEmaCross(timeframe: Timeframe, chunks: Iterable<BarColumns>): Promise<{ record: RunRecord; ms: number }> {
  const definition = emaCross(timeframe);
  const run = resolveRunOptions(definition.options, { initialCapital: 1_000_000 });
  const started = performance.now();
  const backtest = new Backtest({ definition, run, instruments: [instrument], streams: [{ symbol: "BTCUSDT", timeframe: "1m" }] });
  const record = await backtest.run(new MergedFeed([{ symbol: "BTCUSDT", timeframe: "1m", chunks }]));
  return { record, ms: performance.now() - started };
}
