import type { Sizing } from "./expert.ts";
import type { ParamSpecs } from "./params.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { LogLevel } from "../base/logger.ts";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Past data; live data with simulated orders; the real thing; the real order path against a built-in exchange to rehearse on. */
export const RUN_MODES = ["backtest", "paper", "live", "sandbox"] as const;
export type RunMode = (typeof RUN_MODES)[number];

/**
 * What a run outside a backtest does when the expert throws. `continue`: the error is logged and told to `onError`, and the next event
 * is handled. `halt`: entries that wait are cancelled, protective orders stay, and the run ends. `close`: all orders are cancelled,
 * positions are closed at market, and the run ends.
 */
export const ERROR_POLICIES = ["continue", "halt", "close"] as const;
export type ErrorPolicy = (typeof ERROR_POLICIES)[number];

/**
 * What an orderly end does with what is open. `leave`: every order and position stays. `cancel`: entries that wait are cancelled,
 * protective orders and positions stay. `close`: all orders are cancelled and positions are closed at market.
 */
export const EXIT_POLICIES = ["leave", "cancel", "close"] as const;
export type ExitPolicy = (typeof EXIT_POLICIES)[number];

/** How much may be risked. Percent values are percents: 2 means 2 %. */
export interface RiskOptions {
  /** Size of orders that do not say one. @default { type: "percentEquity", percent: 100 } for spot, 10 for futures */
  readonly sizing?: Sizing;
  /** 1 to the instrument's maximum; spot is always 1. @default 1 */
  readonly leverage?: number;
  /** The run stops, flat, when equity has fallen this far from its high. */
  readonly maxDrawdownPct?: number;
  /** No new entries for the rest of the UTC day after this loss, in percent of the day's first equity. */
  readonly dailyLossLimit?: number;
  /** Largest value of one position in the quote asset. */
  readonly maxPositionSizeQuote?: number;
  /** Distance of the protective stop from the entry price. @default off */
  readonly stopLossPct?: number;
  /** Distance of the profit target from the entry price. @default off */
  readonly takeProfitPct?: number;
  /** Distance of a trailing stop from the best price since entry. @default off */
  readonly trailingStopPct?: number;
  /** Profit that switches the trailing stop on; needs `trailingStopPct`. @default on at once */
  readonly trailingActivationPct?: number;
  /** Profit at which the stop-loss moves to the entry price; needs `stopLossPct`. @default off */
  readonly breakevenPct?: number;
  /** Market orders are refused when the expected slippage is larger; a backtest fills them that much worse. @default 0 */
  readonly slippagePct?: number;
  /** No entries while the spread is wider; a backtest has the same spread throughout, the run's `spreadPct`. @default off */
  readonly maxSpreadPct?: number;
  /** Positions that may be open at one time, over all symbols. @default no limit */
  readonly maxOpenPositions?: number;
  /** Entries into one position, the first included. @default no limit */
  readonly maxPositionsPerSymbol?: number;
  /** Orders that may be open at one time, over all symbols, stops and targets included. @default no limit */
  readonly maxOpenOrders?: number;
  /** Largest value of one entry in the quote asset. @default no limit */
  readonly maxOrderSizeQuote?: number;
  /** An entry whose prices, or the quote a market order would meet, lie further than this from the last price is refused. @default 10 in paper and live, off in a backtest */
  readonly priceCollarPct?: number;
  /** No entries once so many orders of any kind went out within a minute. @default 60 in paper and live, no limit in a backtest */
  readonly maxOrdersPerMinute?: number;
  /** The same entry again within so many milliseconds is refused; 0 switches it off. @default 1000 in paper and live, 0 in a backtest */
  readonly duplicateWindowMs?: number;
  /** The same entry so many times in a row without a change of the position switches entries off until `rearm`. @default 10 in paper and live, no limit in a backtest */
  readonly maxRepeatedOrders?: number;
}

/** When entries are allowed. Exits always are. */
export interface FilterOptions {
  /** UTC hours "08:00-16:30"; an end before the start spans midnight. Several are joined by commas. */
  readonly tradeHours?: string;
  /** UTC days. @default all */
  readonly allowedDays?: readonly Weekday[];
  /** Smallest volume of the last closed bar, in base units. */
  readonly minVolume?: number;
  /** Realised volatility of the last bars must lie within these percents a year. Not yet supported. */
  readonly volatilityFilter?: { readonly minPct?: number; readonly maxPct?: number; readonly period?: number };
  /** Only with the trend: price above (long) or below (short) its moving average. Not yet supported. */
  readonly trendFilter?: { readonly timeframe: Timeframe; readonly period: number };
}

/** What `defineExpert` takes beside the setup function. */
export interface ExpertOptions<Specs extends ParamSpecs = ParamSpecs> {
  /** Name of the expert in reports and logs. */
  readonly name: string;
  /** Stable id for logs, client order ids and state; letters, digits, `-` and `_`. @default derived from the name */
  readonly strategyId?: string;
  /** Longer name for people. @default the name */
  readonly strategyName?: string;
  /** Free text, kept with the results. */
  readonly comment?: string;
  /** One of `symbol` and `symbols`; a run may replace them. */
  readonly symbol?: string;
  readonly symbols?: readonly string[];
  /** Length of the bars the expert steps through. */
  readonly timeframe: Timeframe;
  /** Adjustable values, declared with `int`, `float`, `choice` and `bool`. */
  readonly params?: Specs;
  /** Bars that `expert.bars` can look back. @default 500 */
  readonly lookbackBars?: number;
  /** Bars of the definition's timeframe shown to indicators before the first handler runs. @default the longest warm-up tracked */
  readonly warmupBars?: number;
  readonly risk?: RiskOptions;
  readonly filters?: FilterOptions;
}

/**
 * Which way the price went inside a bar, between its open and its close. `pessimistic` and `optimistic` decide by the orders
 * that rest: the path that is worse, or better, for the open position.
 */
export const INTRABAR_PATHS = ["pessimistic", "optimistic", "openHighLowClose", "openLowHighClose"] as const;
export type IntrabarPath = (typeof INTRABAR_PATHS)[number];

/** Where and how a run trades: the command line's flags, `metaexpert.config.ts` and `new MetaExpert` take the same names. */
export interface RunOptions {
  /** See `RUN_MODES`. @default backtest */
  readonly mode?: RunMode;
  /** Lower-case name of the exchange it trades on and whose data it reads. @default binance */
  readonly exchange?: string;
  /** @default spot (`options` is not yet supported) */
  readonly marketType?: "spot" | "futures" | "options";
  /** Futures only: settled in the quote asset or in the base asset. @default linear */
  readonly contractType?: "linear" | "inverse";
  /** Futures only: whether positions share their margin. @default cross */
  readonly marginMode?: "isolated" | "cross";
  /** One position per symbol, or (futures only) a long and a short one beside each other. @default oneWay */
  readonly positionMode?: "hedge" | "oneWay";
  /** One of `symbol` and `symbols`; replaces the expert's. */
  readonly symbol?: string;
  readonly symbols?: readonly string[];
  /** Replaces the expert's. */
  readonly timeframe?: Timeframe;
  /** Values of the expert's parameters by name. */
  readonly params?: Readonly<Record<string, number | string | boolean>>;
  /** ISO date, or milliseconds since the epoch; UTC. Backtests only. @default the first stored bar */
  readonly from?: string | number;
  /** End of the run, itself excluded. Backtests only. @default the last stored bar */
  readonly to?: string | number;
  /** How long the run lasts, such as "20s", "5m" or "2h". Not for backtests. @default until it is stopped */
  readonly duration?: string;
  /** In the settle asset of the first symbol. @default 10000 */
  readonly initialCapital?: number;
  /** Share of the traded value, in percent; below 0 is a rebate. @default the exchange's base tier */
  readonly makerFeePct?: number;
  readonly takerFeePct?: number;
  /** Full spread around the bar's prices, in percent, for market orders of a backtest. @default 0 */
  readonly spreadPct?: number;
  /** Which way a bar went between its four prices. @default pessimistic */
  readonly intrabar?: IntrabarPath;
  /** Start of everything drawn by chance. @default 1 */
  readonly seed?: number;
  /** Values that replace the expert's, one by one. */
  readonly risk?: RiskOptions;
  readonly filters?: FilterOptions;
  /** Least serious messages that are written. @default info */
  readonly logLevel?: LogLevel;
  /** @default true */
  readonly logToConsole?: boolean;
  /** Write log files. Not for backtests, like all that follows. @default false; true beside a named file */
  readonly logToFile?: boolean;
  /** All messages. @default logs/expert.log in the home folder */
  readonly logFile?: string;
  /** What happened to orders and positions. @default logs/trades.log in the home folder */
  readonly logTradeFile?: string;
  /** @default logs/errors.log in the home folder */
  readonly logErrorFile?: string;
  /** One JSON object a line instead of text. @default false */
  readonly jsonLogging?: boolean;
  /** Environment only (`BINANCE_API_KEY` and so on); refused here so that no secret ends in a file. */
  readonly apiKey?: never;
  readonly apiSecret?: never;
  readonly apiPassphrase?: never;
  /** Account below the main one. Live only. */
  readonly subaccount?: string;
  /** The exchange's own test market. Paper and live. @default false */
  readonly testnet?: boolean;
  /** Another address of the exchange's API. Paper and live. */
  readonly baseUrl?: string;
  /** Proxy for all connections; may carry a password and is never shown. Paper and live. */
  readonly proxy?: string;
  /** Most requests a second. @default the exchange's */
  readonly rateLimit?: number;
  /** Keep `expert.memory`, open orders and tripped limits across restarts. @default true */
  readonly persistState?: boolean;
  /** @default halt */
  readonly onError?: ErrorPolicy;
  /** @default cancel */
  readonly onExit?: ExitPolicy;
  /** Allows entries again that a tripped limit has switched off. Give it once, after the cause was found. @default false */
  readonly rearm?: boolean;
}
