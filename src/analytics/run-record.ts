import type { Market } from "../domain/instrument.ts";
import type { BarColumns } from "../domain/bar.ts";
import type { ClosedTrade, Position } from "../domain/position.ts";
import type { Timeframe } from "../domain/timeframe.ts";

/** Equity sampled in time, with the first symbol's price beside it. All arrays have `length` entries. */
export interface EquityCurve {
  readonly length: number;
  /** Open time of the sampled bar, milliseconds since the epoch, UTC. */
  readonly time: Float64Array;
  /** Equity at that bar's close, in the account's currency. */
  readonly equity: Float64Array;
  /** Close of the first symbol. */
  readonly price: Float64Array;
}

/** What happened between an equity high and the next time that high was reached. */
export interface Drawdown {
  /** Deepest share lost, 0.25 for a quarter. */
  readonly ratio: number;
  /** Deepest loss from the high in the account's currency. */
  readonly amount: number;
  readonly peakTime: number;
  readonly troughTime: number;
  /** NaN when the high was not reached again. */
  readonly recoveryTime: number;
  readonly peakEquity: number;
  readonly troughEquity: number;
}

/** Everything measured on every bar while the run went on; memory does not grow with the number of bars. */
export interface EquityRecord {
  /** Number of bars of the main timeframe that were marked. */
  readonly bars: number;
  readonly firstTime: number;
  readonly lastTime: number;
  /** First and last price of the first symbol. */
  readonly firstPrice: number;
  readonly lastPrice: number;
  readonly startEquity: number;
  readonly endEquity: number;
  readonly peakEquity: number;
  readonly lowestEquity: number;
  /** Bars with an open position at their close. */
  readonly exposedBars: number;
  /** Sampled: every bar up to a limit, then every 8th, 64th, …; the first and last bar are always there. */
  readonly curve: EquityCurve;
  /** Milliseconds between neighbours of `curve`; the bar's length when every bar is there. */
  readonly curveStepMs: number;
  /** The last bar of each UTC day that has one; `time` is the day's start. */
  readonly daily: EquityCurve;
  /** From every bar, not from the samples. */
  readonly maxDrawdown: Drawdown | undefined;
  readonly drawdownCount: number;
  /** Mean of the deepest ratios of all drawdowns; NaN without any. */
  readonly averageDrawdownRatio: number;
  readonly longestDrawdownMs: number;
  readonly averageDrawdownMs: number;
}

/** Counts of what became of orders. */
export interface OrderCounts {
  readonly submitted: number;
  readonly filled: number;
  readonly partiallyFilled: number;
  readonly cancelled: number;
  readonly rejected: number;
  readonly expired: number;
  /** Intents that risk or validation refused before they became orders. */
  readonly refused: number;
}

/** A finished run as data: what statistics, reports and the tear sheet are made of. */
export interface RunRecord {
  readonly expert: {
    readonly name: string;
    readonly file?: string;
    /** SHA-256 of the expert's source; empty when it was not loaded from a file. */
    readonly sourceHash: string;
    readonly params: Readonly<Record<string, number | string | boolean>>;
  };
  readonly exchange: string;
  readonly market: Market;
  readonly symbols: readonly string[];
  /** The timeframe the run stepped through. */
  readonly timeframe: Timeframe;
  /** Asked for, milliseconds since the epoch; `to` is excluded. */
  readonly from: number;
  readonly to: number;
  readonly currency: string;
  readonly initialCapital: number;
  readonly seed: number;
  /** Every setting that changes the outcome, as shown in the report. */
  readonly settings: Readonly<Record<string, number | string | boolean>>;
  readonly equity: EquityRecord;
  readonly trades: readonly ClosedTrade[];
  readonly openPositions: readonly Position[];
  readonly orders: OrderCounts;
  /** Sums in the account's currency; `funding` above zero was paid. */
  readonly fees: number;
  readonly funding: number;
  /** Value of everything bought and sold. */
  readonly tradedValue: number;
  /** Chain hash of the journal: equal for equal runs. */
  readonly journalHash: string;
  /** Hash of the market data that was read. */
  readonly dataHash: string;
  /** How the data came: `archive` or `simulated`. */
  readonly dataSource: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Wall time of the stages in milliseconds, for the report's last line. */
  readonly timings: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  /** Bars of the first symbol for the price chart, coarse enough to draw (≤ 20,000); absent when not asked for. */
  readonly chart?: { readonly timeframe: Timeframe; readonly bars: BarColumns };
  /** What the expert asked to be drawn. */
  readonly plots?: readonly { readonly name: string; readonly time: Float64Array; readonly value: Float64Array }[];
}
