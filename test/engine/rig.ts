import type { RunRecord } from "../../src/analytics/run-record.ts";
import { sliceBars, type BarColumns } from "../../src/domain/bar.ts";
import type { Funding } from "../../src/domain/funding.ts";
import type { Instrument, PerpetualInstrument, SpotInstrument } from "../../src/domain/instrument.ts";
import type { Order } from "../../src/domain/order.ts";
import { HOUR_MS, type Timeframe } from "../../src/domain/timeframe.ts";
import { MergedFeed } from "../../src/engine/merged-feed.ts";
import { defineExpert } from "../../src/expert/define.ts";
import type { Expert, OrderOutcome } from "../../src/expert/expert.ts";
import type { ExpertOptions, RiskOptions, RunOptions } from "../../src/expert/options.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { Backtest } from "../../src/run/backtest.ts";

/** Where `bars()` of the tests begin: Monday, 1 January 2024, 00:00 UTC. */
export const START = Date.UTC(2024, 0, 1);

export const PERPETUAL: PerpetualInstrument = {
  kind: "perpetual",
  contractType: "linear",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.001",
  contractSize: "1",
};

export const SPOT: SpotInstrument = {
  kind: "spot",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.001",
};

/** One contract is worth 100 USD and settles in BTC. */
export const INVERSE: PerpetualInstrument = {
  ...PERPETUAL,
  contractType: "inverse",
  symbol: "BTCUSD",
  quoteAsset: "USD",
  settleAsset: "BTC",
  priceStep: "0.1",
  quantityStep: "1",
  contractSize: "100",
};

/** A run without fees, of one unit at a time on a linear perpetual, unless a test says otherwise. */
export interface RigOptions {
  /** In the order of the data. @default one linear perpetual */
  readonly instruments?: readonly Instrument[];
  /** Length of the bars in the data. @default 1h */
  readonly timeframe?: Timeframe;
  readonly risk?: RiskOptions;
  readonly expert?: Partial<ExpertOptions>;
  readonly run?: RunOptions;
  /** @default none */
  readonly fees?: "published";
  readonly funding?: readonly Funding[];
  readonly tradesFrom?: number;
  /** Cuts the bars into chunks of so many rows. @default one chunk */
  readonly chunkRows?: number;
}

export interface RigResult {
  /** "3 buy 1 @ 100.5", with the hour since the start and what is remarkable: the purpose of an exit, a maker's fill. */
  readonly fills: readonly string[];
  readonly record: RunRecord;
}

/** Runs an expert, given as its set-up function, over bars of one or several symbols. */
export async function run(
  data: BarColumns | readonly BarColumns[],
  setup: (expert: Expert, params: Readonly<Record<string, unknown>>) => void,
  options: RigOptions = {},
): Promise<RigResult> {
  const { instruments = [PERPETUAL], timeframe = "1h", risk = {}, funding } = options;
  const chunks = "length" in data && "close" in data ? [data] : data;
  const symbols = instruments.map(({ symbol }) => symbol);
  const fills: string[] = [];
  const definition = defineExpert({ name: "Test", symbols, timeframe, ...options.expert }, (expert, params) => {
    expert.onTransaction((_request, result) => {
      if (result.status !== "filled") return;
      const { side, quantity, price, time, liquidity, purpose } = result.fill;
      const notes = [...(purpose === "entry" || purpose === "exit" ? [] : [purpose]), ...(liquidity === "maker" ? ["maker"] : [])];
      fills.push([(time - START) / HOUR_MS, side, quantity, "@", price, ...notes].join(" "));
    });
    setup(expert, params);
  });
  const isSpot = instruments[0]?.kind === "spot";
  const isInverse = instruments[0]?.kind === "perpetual" && instruments[0].contractType === "inverse";
  const resolved = resolveRunOptions(definition.options, {
    ...(isSpot ? {} : { marketType: "futures", contractType: isInverse ? "inverse" : "linear" }),
    ...(options.fees === "published" ? {} : { makerFeePct: 0, takerFeePct: 0 }),
    ...options.run,
    risk: { sizing: { type: "fixedBase", quantity: 1 }, ...risk },
  });
  const streams = symbols.map((symbol) => ({ symbol, timeframe }));
  const { tradesFrom } = options;
  const backtest = new Backtest({ definition, run: resolved, instruments, streams, ...(tradesFrom === undefined ? {} : { tradesFrom }) });
  const sources = streams.map((stream, index) => ({
    ...stream,
    chunks: chunksOf(chunks[index] as BarColumns, options.chunkRows),
    ...(funding === undefined || index > 0 ? {} : { funding }),
  }));
  const record = await backtest.run(new MergedFeed(sources));
  return { fills, record };
}

function chunksOf(columns: BarColumns, rows = columns.length): BarColumns[] {
  const starts = Array.from({ length: Math.ceil(columns.length / Math.max(1, rows)) }, (_, index) => index * rows);
  return starts.map((start) => sliceBars(columns, start, Math.min(start + rows, columns.length)));
}

/** What an expert does when the bar of a number (from 0) has closed. */
export type Actions = Readonly<Record<number, (expert: Expert) => OrderOutcome | void>>;

export interface PlayResult extends RigResult {
  /** Status of every order of the expert at the end, with the reason where there is one, in the order they were sent. */
  readonly orders: readonly string[];
  /** What each refused request was told. */
  readonly refusals: readonly string[];
}

/** Runs a script of actions by bar over one symbol. */
export async function play(data: BarColumns, actions: Actions, options: RigOptions = {}): Promise<PlayResult> {
  const last = new Map<string, string>();
  const refusals: string[] = [];
  const note = (order: Order): void => {
    const { clientOrderId, status, reason } = order;
    last.set(clientOrderId, reason === undefined ? status : `${status}: ${reason}`);
  };
  const result = await run(
    data,
    (expert) => {
      let bar = 0;
      expert.onOrder(note);
      expert.onBar(options.timeframe ?? "1h", () => {
        const outcome = actions[bar]?.(expert);
        if (outcome?.accepted === false) refusals.push(`${outcome.code}: ${outcome.reason}`);
        bar += 1;
      });
    },
    options,
  );
  return { ...result, orders: [...last.values()], refusals };
}
