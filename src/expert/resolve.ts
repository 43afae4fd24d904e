import { ConfigurationError } from "../base/errors.ts";
import type { Market } from "../domain/instrument.ts";
import { parseDuration } from "./duration.ts";
import { refuseForeignOptions } from "./mode-options.ts";
import { parseMoment } from "./moment.ts";
import { WEEKDAYS, type ExpertOptions, type FilterOptions, type RiskOptions, type RunMode, type RunOptions } from "./options.ts";
import { resolveParams, type ParamSpecs } from "./params.ts";
import type { ResolvedExpertOptions, ResolvedFilterOptions, ResolvedRiskOptions, ResolvedRunOptions } from "./resolved.ts";
import { ALL_HOURS, parseTradeHours } from "./trade-hours.ts";
import { checkExpertOptions, checkFilters, checkPeriod, checkRisk, checkRunOptions } from "./validate.ts";

/** Checks what `defineExpert` was given and fills in the defaults. */
export function resolveExpertOptions<Specs extends ParamSpecs>(options: ExpertOptions<Specs>): ResolvedExpertOptions<Specs> {
  checkExpertOptions(options);
  return {
    name: options.name,
    strategyId: options.strategyId ?? idFromName(options.name),
    strategyName: options.strategyName ?? options.name,
    comment: options.comment ?? "",
    symbols: symbolsOf(options) ?? [],
    timeframe: options.timeframe,
    params: { ...options.params } as Specs,
    lookbackBars: options.lookbackBars ?? 500,
    warmupBars: options.warmupBars,
    risk: { ...options.risk },
    filters: { ...options.filters },
  };
}

/** Checks a run's options and joins them with the expert's: the run's values win, one by one. */
export function resolveRunOptions(expert: ResolvedExpertOptions, run: RunOptions = {}): ResolvedRunOptions {
  checkRunOptions(run);
  const mode = run.mode ?? "backtest";
  refuseForeignOptions(mode, run);
  const marketType = run.marketType === "futures" ? "futures" : "spot";
  const contractType = run.contractType ?? "linear";
  const symbols = symbolsOf(run) ?? expert.symbols;
  if (symbols.length === 0)
    throw new ConfigurationError(`symbol: neither the expert "${expert.name}" nor the run names one; write symbol: "BTCUSDT"`);
  const from = run.from === undefined ? undefined : parseMoment(run.from);
  const to = run.to === undefined ? undefined : parseMoment(run.to);
  checkPeriod(from, to);
  return {
    mode,
    strategyId: expert.strategyId,
    strategyName: expert.strategyName,
    comment: expert.comment,
    exchange: run.exchange ?? "binance",
    marketType,
    contractType,
    market: marketOf(marketType, contractType),
    marginMode: run.marginMode ?? "cross",
    positionMode: run.positionMode ?? "oneWay",
    symbols,
    timeframe: run.timeframe ?? expert.timeframe,
    params: resolveParams(expert.params, run.params),
    lookbackBars: expert.lookbackBars,
    warmupBars: expert.warmupBars,
    from,
    to,
    durationMs: run.duration === undefined ? undefined : parseDuration(run.duration),
    initialCapital: run.initialCapital ?? 10_000,
    makerFeePct: run.makerFeePct,
    takerFeePct: run.takerFeePct,
    spreadPct: run.spreadPct ?? 0,
    intrabar: run.intrabar ?? "pessimistic",
    seed: run.seed ?? 1,
    ...resolveLogging(run),
    ...resolveConnection(run, mode),
    risk: resolveRisk(joined(expert.risk, run.risk), { mode, marketType, spreadPct: run.spreadPct ?? 0 }),
    filters: resolveFilters(joined(expert.filters, run.filters)),
  };
}

type Logging = Pick<
  ResolvedRunOptions,
  "logLevel" | "logToConsole" | "logToFile" | "logFile" | "logTradeFile" | "logErrorFile" | "jsonLogging"
>;

function resolveLogging({ logFile, logTradeFile, logErrorFile, ...run }: RunOptions): Logging {
  const names = [logFile, logTradeFile, logErrorFile];
  return {
    logLevel: run.logLevel ?? "info",
    logToConsole: run.logToConsole ?? true,
    logToFile: run.logToFile ?? names.some((name) => name !== undefined),
    logFile,
    logTradeFile,
    logErrorFile,
    jsonLogging: run.jsonLogging ?? false,
  };
}

type Connection = Pick<
  ResolvedRunOptions,
  "subaccount" | "testnet" | "baseUrl" | "proxy" | "rateLimit" | "persistState" | "onError" | "onExit" | "rearm"
>;

function resolveConnection(run: RunOptions, mode: RunMode): Connection {
  return {
    subaccount: run.subaccount,
    testnet: run.testnet ?? false,
    baseUrl: run.baseUrl,
    proxy: run.proxy,
    rateLimit: run.rateLimit,
    persistState: run.persistState ?? mode !== "backtest",
    onError: run.onError ?? "halt",
    onExit: run.onExit ?? "cancel",
    rearm: run.rearm ?? false,
  };
}

/** Limits that stand between a mistake and the market; a backtest has them when they are asked for. */
const SAFEGUARDS = { priceCollarPct: 10, maxOrdersPerMinute: 60, duplicateWindowMs: 1_000, maxRepeatedOrders: 10 } as const;
const NO_SAFEGUARDS = {
  priceCollarPct: Infinity,
  maxOrdersPerMinute: Infinity,
  duplicateWindowMs: 0,
  maxRepeatedOrders: Infinity,
} as const;

function resolveRisk(
  risk: RiskOptions,
  { mode, marketType, spreadPct }: { readonly mode: RunMode; readonly marketType: "spot" | "futures"; readonly spreadPct: number },
): ResolvedRiskOptions {
  checkRisk(risk, { marketType });
  const safeguards = mode === "backtest" ? NO_SAFEGUARDS : SAFEGUARDS;
  return {
    sizing: risk.sizing ?? { type: "percentEquity", percent: marketType === "spot" ? 100 : 10 },
    leverage: risk.leverage ?? 1,
    maxDrawdownPct: risk.maxDrawdownPct ?? Infinity,
    dailyLossLimit: risk.dailyLossLimit ?? Infinity,
    maxPositionSizeQuote: risk.maxPositionSizeQuote ?? Infinity,
    stopLossPct: risk.stopLossPct,
    takeProfitPct: risk.takeProfitPct,
    trailingStopPct: risk.trailingStopPct,
    trailingActivationPct: risk.trailingActivationPct ?? 0,
    breakevenPct: risk.breakevenPct,
    slippagePct: risk.slippagePct ?? 0,
    maxOpenPositions: risk.maxOpenPositions ?? Infinity,
    maxPositionsPerSymbol: risk.maxPositionsPerSymbol ?? Infinity,
    maxSpreadPct: mode === "backtest" ? checkSpread(risk, spreadPct) : (risk.maxSpreadPct ?? Infinity),
    maxOpenOrders: risk.maxOpenOrders ?? Infinity,
    maxOrderSizeQuote: risk.maxOrderSizeQuote ?? Infinity,
    priceCollarPct: risk.priceCollarPct ?? safeguards.priceCollarPct,
    maxOrdersPerMinute: risk.maxOrdersPerMinute ?? safeguards.maxOrdersPerMinute,
    duplicateWindowMs: risk.duplicateWindowMs ?? safeguards.duplicateWindowMs,
    maxRepeatedOrders: risk.maxRepeatedOrders ?? safeguards.maxRepeatedOrders,
  };
}

/** A backtest's spread never changes: it keeps within the limit from the start, or nothing would ever be entered. */
function checkSpread({ maxSpreadPct = Infinity }: RiskOptions, spreadPct: number): number {
  if (spreadPct <= maxSpreadPct) return Infinity;
  throw new ConfigurationError(
    `risk.maxSpreadPct: ${maxSpreadPct} is below the backtest's spreadPct of ${spreadPct}, so nothing would be entered; change one of them`,
  );
}

function resolveFilters(filters: FilterOptions): ResolvedFilterOptions {
  checkFilters(filters);
  return {
    tradeHours: filters.tradeHours === undefined ? ALL_HOURS : parseTradeHours(filters.tradeHours),
    allowedDays: filters.allowedDays ?? WEEKDAYS,
    minVolume: filters.minVolume ?? 0,
  };
}

/** The run's values over the expert's; one that is undefined is absent. */
function joined<T extends object>(expert: T, run: T | undefined): T {
  const given = Object.entries(run ?? {}).filter(([, value]) => value !== undefined);
  return { ...expert, ...(Object.fromEntries(given) as Partial<T>) };
}

function symbolsOf(options: { readonly symbol?: string; readonly symbols?: readonly string[] }): readonly string[] | undefined {
  if (options.symbol !== undefined) return [options.symbol];
  return options.symbols === undefined ? undefined : [...options.symbols];
}

function marketOf(marketType: "spot" | "futures", contractType: "linear" | "inverse"): Market {
  return marketType === "spot" ? "spot" : contractType;
}

/** "EMA cross" → "ema-cross"; a name without Latin letters or digits gets a number made from it. */
function idFromName(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 32)
    .replace(/-+$/, "");
  return slug === "" ? `expert-${hashOf(name)}` : slug;
}

/** FNV-1a, 32 bits, hexadecimal. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
