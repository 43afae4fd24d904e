/** The public names of `metaexpert`, listed by hand. Indicators, decorators and test suites have entry points of their own. */

export { defineExpert, definitionOf, isExpertDefinition } from "./expert/define.ts";
export type { ExpertDefinition, ExpertSetup } from "./expert/define.ts";
export { MetaExpert } from "./run/metaexpert.ts";
export type { MetaExpertConfig, RunResult } from "./run/metaexpert.ts";
export type {
  AccountStatus,
  ConnectionStatus,
  OrderLine,
  PositionStatus,
  RunEvent,
  RunHandle,
  RunOutcome,
  RunPhase,
  RunStatus,
  RunSummary,
} from "./run/run-status.ts";
export type { MemoryBars } from "./run/memory-data.ts";
export { bool, choice, float, int } from "./expert/params.ts";
export type { BoolParam, ChoiceParam, FloatParam, IntParam, Param, ParamSpecs, ParamValue, ParamValues } from "./expert/params.ts";

export type {
  BacktestPass,
  BacktestSummary,
  BarHistory,
  ConnectionState,
  Expert,
  ExpertLog,
  HandlerResult,
  OrderChanges,
  OrderOptions,
  OrderOutcome,
  PositionView,
  Sizing,
  StopReason,
  TrailingStep,
  TransactionRequest,
  TransactionResult,
} from "./expert/expert.ts";
export type {
  ErrorPolicy,
  ExitPolicy,
  ExpertOptions,
  FilterOptions,
  IntrabarPath,
  RiskOptions,
  RunMode,
  RunOptions,
  Weekday,
} from "./expert/options.ts";
export type { ResolvedExpertOptions, ResolvedFilterOptions, ResolvedRiskOptions, ResolvedRunOptions } from "./expert/resolved.ts";
export type { HourRange } from "./expert/trade-hours.ts";

export type { Account, Balance } from "./domain/account.ts";
export { columnsOf } from "./domain/bar.ts";
export type { Bar, BarColumns } from "./domain/bar.ts";
export type { Fill } from "./domain/fill.ts";
export type { Funding } from "./domain/funding.ts";
export type {
  DatedFutureInstrument,
  Instrument,
  Market,
  OptionInstrument,
  PerpetualInstrument,
  SpotInstrument,
} from "./domain/instrument.ts";
export type { BookLevel, OrderBook } from "./domain/order-book.ts";
export type { Order, OrderPurpose, OrderRequest, OrderStatus, OrderType, PositionSide, TimeInForce } from "./domain/order.ts";
export type { ClosedTrade, Position } from "./domain/position.ts";
export { TIMEFRAMES, isTimeframe, parseTimeframe, timeframeMs } from "./domain/timeframe.ts";
export type { Timeframe } from "./domain/timeframe.ts";
export type { Side, Trade } from "./domain/trade.ts";
export type { Indicator } from "./indicators/indicator.ts";

export type { LogFields, LogLevel } from "./base/logger.ts";
export type { Random } from "./base/random.ts";
export {
  AuthenticationError,
  ConfigurationError,
  DataError,
  ExchangeError,
  ExpertError,
  JournalError,
  MetaExpertError,
  MissingDataError,
  NetworkError,
  NotSupportedError,
  RateLimitedError,
  UnknownOutcomeError,
} from "./base/errors.ts";
