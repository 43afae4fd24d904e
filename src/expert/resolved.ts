import type { LogLevel } from "../base/logger.ts";
import type { Market } from "../domain/instrument.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { Sizing } from "./expert.ts";
import type { ErrorPolicy, ExitPolicy, FilterOptions, IntrabarPath, RiskOptions, RunMode, Weekday } from "./options.ts";
import type { ParamSpecs, ParamValue } from "./params.ts";
import type { HourRange } from "./trade-hours.ts";

/** `ExpertOptions` after validation: every default filled in, one list of symbols, deeply frozen. */
export interface ResolvedExpertOptions<Specs extends ParamSpecs = ParamSpecs> {
  readonly name: string;
  readonly strategyId: string;
  readonly strategyName: string;
  /** Empty when not given. */
  readonly comment: string;
  /** Empty when the expert leaves them to the run. */
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  readonly params: Specs;
  readonly lookbackBars: number;
  /** Undefined: the longest warm-up among the tracked indicators. */
  readonly warmupBars: number | undefined;
  /** As written: a run may replace single values, and some defaults depend on its market. `resolveRunOptions` joins both. */
  readonly risk: RiskOptions;
  /** As written, for the same reason. */
  readonly filters: FilterOptions;
}

/** What risk checks and order sizing read. Limits that are not set are `Infinity`, distances that are not set are undefined. */
export interface ResolvedRiskOptions {
  readonly sizing: Sizing;
  readonly leverage: number;
  readonly maxDrawdownPct: number;
  readonly dailyLossLimit: number;
  readonly maxPositionSizeQuote: number;
  readonly stopLossPct: number | undefined;
  readonly takeProfitPct: number | undefined;
  readonly trailingStopPct: number | undefined;
  /** Profit that switches the trailing stop on; 0 is at once. */
  readonly trailingActivationPct: number;
  readonly breakevenPct: number | undefined;
  readonly slippagePct: number;
  readonly maxOpenPositions: number;
  readonly maxPositionsPerSymbol: number;
  /** Infinity in a backtest, whose spread is the same throughout and was looked at before it began. */
  readonly maxSpreadPct: number;
  readonly maxOpenOrders: number;
  readonly maxOrderSizeQuote: number;
  readonly priceCollarPct: number;
  readonly maxOrdersPerMinute: number;
  /** 0: off. */
  readonly duplicateWindowMs: number;
  readonly maxRepeatedOrders: number;
}

/** What the entry filters read. */
export interface ResolvedFilterOptions {
  /** Sorted, apart from each other, none spanning midnight; the whole day when not set. */
  readonly tradeHours: readonly HourRange[];
  /** All seven when not set. */
  readonly allowedDays: readonly Weekday[];
  /** 0 when not set. */
  readonly minVolume: number;
}

/** An expert's options and a run's joined: everything that the engine and the parts around it read, with no default left open but those of the exchange. */
export interface ResolvedRunOptions {
  readonly mode: RunMode;
  readonly strategyId: string;
  readonly strategyName: string;
  readonly comment: string;
  readonly exchange: string;
  readonly marketType: "spot" | "futures";
  /** `linear` for spot, where it has no meaning. */
  readonly contractType: "linear" | "inverse";
  /** Market type and contract type in one word, as the archive names it. */
  readonly market: Market;
  readonly marginMode: "isolated" | "cross";
  readonly positionMode: "hedge" | "oneWay";
  /** At least one. */
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  /** Every parameter of the expert: the run's values over the defaults. */
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly lookbackBars: number;
  readonly warmupBars: number | undefined;
  /** Milliseconds since the epoch; undefined: from the first stored bar. */
  readonly from: number | undefined;
  /** Excluded; undefined: to the last stored bar. */
  readonly to: number | undefined;
  /** Undefined: until it is stopped, or to the end of the data. */
  readonly durationMs: number | undefined;
  /** What a simulated account begins with; of no meaning in a live run. */
  readonly initialCapital: number;
  /** Undefined: the exchange's base tier. */
  readonly makerFeePct: number | undefined;
  readonly takerFeePct: number | undefined;
  readonly spreadPct: number;
  readonly intrabar: IntrabarPath;
  readonly seed: number;
  readonly logLevel: LogLevel;
  readonly logToConsole: boolean;
  readonly logToFile: boolean;
  /** Paths as written; undefined: the place in the home folder. */
  readonly logFile: string | undefined;
  readonly logTradeFile: string | undefined;
  readonly logErrorFile: string | undefined;
  readonly jsonLogging: boolean;
  /** Undefined: the main account. */
  readonly subaccount: string | undefined;
  readonly testnet: boolean;
  /** Undefined: the exchange's own. */
  readonly baseUrl: string | undefined;
  /** May carry a password: never to be written or shown. */
  readonly proxy: string | undefined;
  /** Most requests a second; undefined: the exchange's own limits. */
  readonly rateLimit: number | undefined;
  readonly persistState: boolean;
  readonly onError: ErrorPolicy;
  readonly onExit: ExitPolicy;
  /** Entries that a tripped limit had switched off are allowed again. */
  readonly rearm: boolean;
  readonly risk: ResolvedRiskOptions;
  readonly filters: ResolvedFilterOptions;
}
