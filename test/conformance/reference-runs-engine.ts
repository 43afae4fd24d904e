import { allocateBars, BAR_COLUMN_NAMES, type BarColumns } from "../../src/domain/bar.ts";
import type { PerpetualInstrument } from "../../src/domain/instrument.ts";
import { DAY_MS, TIMEFRAMES, timeframeMs, type Timeframe } from "../../src/domain/timeframe.ts";
import { MergedFeed } from "../../src/engine/merged-feed.ts";
import { defineExpert } from "../../src/expert/define.ts";
import type { RunOptions } from "../../src/expert/options.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import type { RunRecord } from "../../src/analytics/run-record.ts";
import { Backtest } from "../../src/run/backtest.ts";
import type { Indicator } from "../../src/indicators/indicator.ts";
import { ReferenceBroker, type FillOnBar } from "./reference-runs-broker.ts";
import { readOptions, type ReferenceOptions, type ReferenceRun } from "./reference-runs-files.ts";
import { LotBook, type Lot, type LotTrade } from "./reference-runs-lots.ts";
import { strategyOf } from "./reference-runs-strategies.ts";

/** What our engine made of a run. */
export interface ReferenceResult {
  readonly options: ReferenceOptions;
  readonly bars: BarColumns;
  readonly trades: readonly LotTrade[];
  /** What is still open at the end. */
  readonly open: readonly Lot[];
  /** At each bar's close. */
  readonly equity: Float64Array;
  /** The same as our engine has it. */
  readonly engineEquity: Float64Array;
  /** Row of the first bar on which all indicators have a value. */
  readonly firstTradingBar: number;
  readonly fills: readonly FillOnBar[];
  /** Rows in which the strategy wanted to trade. */
  readonly signals: ReadonlySet<number>;
  /** Whether two trades were ever open beside each other. */
  readonly hasStacked: boolean;
  /** What the engine itself says of the run. */
  readonly record: RunRecord;
}

const SYMBOL = "ASSET";
/** Wide enough that the venue's own margin check never decides: the expert asks by backtesting.py's rule. */
const VENUE_LEVERAGE = 200;

/** Runs a case through the public API: backtesting.py's strategy is written as an expert, the engine does the rest. */
export async function runReference(run: ReferenceRun, bars: BarColumns, more: RunOptions = {}): Promise<ReferenceResult> {
  const options = readOptions(run.options);
  const { timeframe, columns } = feedOf(bars, options);
  const book = new LotBook(options);
  const equity = new Float64Array(bars.length);
  const engineEquity = new Float64Array(bars.length);
  const fills: FillOnBar[] = [];
  const signals = new Set<number>();
  let firstTradingBar = 0;
  const definition = defineExpert({ name: run.strategy, symbol: SYMBOL, timeframe }, (expert) => {
    const track = (indicator: Indicator): Indicator =>
      expert.track(timeframe, options.tradeOnClose ? withoutAuctions(indicator) : indicator);
    const strategy = strategyOf(run.strategy, { track, bars: bars.length, params: run.params });
    firstTradingBar = strategy.warmup;
    new ReferenceBroker({
      expert,
      strategy,
      options,
      bars,
      auctionMs: timeframeMs(timeframe),
      book,
      equity,
      engineEquity,
      fills,
      signals,
    }).start();
  });
  const resolved = resolveRunOptions(definition.options, {
    marketType: "futures",
    positionMode: options.hedging ? "hedge" : "oneWay",
    initialCapital: options.cash,
    makerFeePct: options.commissionRate * 100,
    takerFeePct: options.commissionRate * 100,
    risk: { leverage: VENUE_LEVERAGE },
    ...more,
  });
  const stream = { symbol: SYMBOL, timeframe };
  const backtest = new Backtest({ definition, run: resolved, instruments: [instrumentOf(bars)], streams: [stream] });
  const record = await backtest.run(new MergedFeed([{ ...stream, chunks: [columns] }]));
  return {
    options,
    bars,
    trades: book.closed,
    open: book.lots,
    equity,
    engineEquity,
    firstTradingBar,
    fills,
    signals,
    hasStacked: book.hasStacked,
    record,
  };
}

/**
 * The bars as the engine is fed them. With trade_on_close each bar is followed by the auction of its close, a bar of that one
 * price: our engine never fills an order on the bar that an expert has just read, and a close that can be traded is a price
 * that is there once more.
 */
function feedOf(bars: BarColumns, { tradeOnClose }: ReferenceOptions): { timeframe: Timeframe; columns: BarColumns } {
  let gap = Infinity;
  for (let row = 1; row < bars.length; row += 1) gap = Math.min(gap, (bars.openTime[row] as number) - (bars.openTime[row - 1] as number));
  // Months are told by their shortest.
  const longest = gap >= 28 * DAY_MS && !tradeOnClose ? "1M" : longestWithin(tradeOnClose ? gap / 2 : gap);
  if (!tradeOnClose) return { timeframe: longest, columns: bars };
  const columns = allocateBars(bars.length * 2);
  for (let row = 0; row < bars.length; row += 1) {
    for (const name of BAR_COLUMN_NAMES) {
      columns[name][2 * row] = bars[name][row] as number;
      columns[name][2 * row + 1] = bars[name === "volume" ? "volume" : "close"][row] as number;
    }
    columns.openTime[2 * row + 1] = (bars.openTime[row] as number) + timeframeMs(longest);
  }
  return { timeframe: longest, columns };
}

/** The indicator, shown every second bar only. */
function withoutAuctions(indicator: Indicator): Indicator {
  let isAuction = true;
  return {
    warmup: indicator.warmup,
    get value() {
      return indicator.value;
    },
    update(bar) {
      isAuction = !isAuction;
      if (!isAuction) indicator.update(bar);
    },
  };
}

function longestWithin(gap: number): Timeframe {
  const fitting = TIMEFRAMES.filter((timeframe) => timeframe !== "1M" && timeframeMs(timeframe) <= gap);
  return fitting.at(-1) ?? "1s";
}

/** Whole units, prices as fine as doubles of this size allow, and no maintenance margin: backtesting.py asks for none. */
function instrumentOf(bars: BarColumns): PerpetualInstrument {
  const highest = bars.high.reduce((high, price) => Math.max(high, price), 0);
  const decimals = Math.min(12, Math.floor(Math.log10(2 ** 50 / (8 * highest))));
  return {
    kind: "perpetual",
    contractType: "linear",
    symbol: SYMBOL,
    exchange: "binance",
    baseAsset: SYMBOL,
    quoteAsset: "USD",
    settleAsset: "USD",
    priceStep: decimals > 0 ? `0.${"1".padStart(decimals, "0")}` : "1",
    quantityStep: "1",
    contractSize: "1",
    maintenanceMarginRate: 0,
    leverageMax: VENUE_LEVERAGE,
  };
}
