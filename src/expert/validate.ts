import { ConfigurationError } from "../base/errors.ts";
import { refuseForeignOptions } from "./mode-options.ts";
import { findProblem, isPlainObject, show, type OptionRows } from "./option-kinds.ts";
import { EXPERT_TABLE, FILTER_TABLE, RISK_TABLE, RUN_TABLE } from "./option-tables.ts";
import type { ExpertOptions, FilterOptions, RiskOptions, RunOptions } from "./options.ts";
import { isSecretName, SECRET_ADVICE } from "./secret-names.ts";
import { didYouMean } from "./suggest.ts";
import { refuseUnsupportedOptions } from "./unsupported.ts";

/** A run's facts that decide whether risk options make sense. */
export interface RunFacts {
  readonly marketType: "spot" | "futures";
}

/** Refuses what `defineExpert` cannot work with: names, values, combinations, and what comes in a later version. */
export function checkExpertOptions(options: unknown): asserts options is ExpertOptions {
  const checked = checkGroup(options, EXPERT_TABLE, { who: "defineExpert", required: ["name", "timeframe"] });
  refuseUnsupportedOptions(checked);
  const expert = checked as unknown as ExpertOptions;
  checkSymbols(expert);
  checkRisk(expert.risk ?? {});
  checkFilters(expert.filters ?? {});
}

/**
 * Refuses what no run can work with, whatever its expert: also part of a run, such as a configuration file, whose mode is not yet known.
 * Risk and filters are looked at again when they are joined with the expert's.
 */
export function checkRunOptions(options: unknown): asserts options is RunOptions {
  const checked = checkGroup(options, RUN_TABLE, { who: "a run", required: [] });
  refuseUnsupportedOptions(checked);
  const run = checked as RunOptions;
  checkSymbols(run);
  if (run.marketType !== "futures") checkSpot(run);
  checkLogFiles(run);
  if (run.mode !== undefined) refuseForeignOptions(run.mode, run);
}

/** Refuses combinations of risk options that contradict each other. */
export function checkRisk(risk: RiskOptions, facts?: RunFacts): void {
  const { sizing, stopLossPct, trailingStopPct, trailingActivationPct, breakevenPct, leverage = 1 } = risk;
  if (sizing?.type === "riskBased" && stopLossPct === undefined) {
    refuse(
      "risk.sizing: riskBased divides the risk by the distance of the stop-loss; add risk.stopLossPct (an order's own stopLoss wins over it)",
    );
  }
  if (trailingActivationPct !== undefined && trailingStopPct === undefined) {
    refuse("risk.trailingActivationPct: there is no trailing stop to switch on; add risk.trailingStopPct");
  }
  if (breakevenPct !== undefined && stopLossPct === undefined) {
    refuse("risk.breakevenPct: there is no stop-loss to move; add risk.stopLossPct");
  }
  if (leverage > 1 && facts?.marketType === "spot") {
    refuse(
      `risk.leverage: ${leverage} needs borrowed money, which spot does not have; write leverage: 1, or marketType: "futures" for the run`,
    );
  }
}

/** Refuses combinations of filters that let nothing through. */
export function checkFilters({ volatilityFilter }: FilterOptions): void {
  const { minPct = 0, maxPct = Infinity } = volatilityFilter ?? {};
  if (minPct >= maxPct) refuse(`filters.volatilityFilter: minPct ${minPct} is not below maxPct ${maxPct}; nothing lies between them`);
}

/** The text of what is wrong with a period; both ends in milliseconds, the second excluded. */
export function checkPeriod(from: number | undefined, to: number | undefined): void {
  if (from === undefined || to === undefined || from < to) return;
  refuse(`from: ${isoOf(from)} is not before to: ${isoOf(to)}; write the earlier moment as from`);
}

function checkGroup(options: unknown, table: OptionRows, { who, required }: { who: string; required: readonly string[] }): object {
  if (!isPlainObject(options)) refuse(`${who}: the options are an object such as { timeframe: "1h" }, not ${show(options)}`);
  checkNames(options, table, "");
  for (const [group, rows] of Object.entries({ risk: RISK_TABLE, filters: FILTER_TABLE })) {
    const inner = options[group];
    if (isPlainObject(inner)) checkNames(inner, rows, group);
  }
  const problem = findProblem(table, options, "", required);
  if (problem !== undefined) refuse(problem);
  return options;
}

/** An unknown name gets the most helpful answer there is: a credential, an option of another place, or a misspelt one. */
function checkNames(options: Readonly<Record<string, unknown>>, table: OptionRows, path: string): void {
  for (const name of Object.keys(options)) {
    const full = path === "" ? name : `${path}.${name}`;
    if (isSecretName(name)) refuse(`${full}: ${SECRET_ADVICE}`);
    if (Object.hasOwn(table, name)) continue;
    refuse(`${full}: there is no such option here${otherPlace(name, table) ?? didYouMean(name, Object.keys(table))}`);
  }
}

function otherPlace(name: string, table: OptionRows): string | undefined {
  if (table !== RISK_TABLE && Object.hasOwn(RISK_TABLE, name)) return `; it belongs in risk: write risk: { ${name}: … }`;
  if (table !== FILTER_TABLE && Object.hasOwn(FILTER_TABLE, name)) return `; it belongs in filters: write filters: { ${name}: … }`;
  if (table !== RUN_TABLE && Object.hasOwn(RUN_TABLE, name) && !Object.hasOwn(EXPERT_TABLE, name)) {
    return "; it belongs to the run, not to the expert: put it in metaexpert.config.ts, in new MetaExpert(expert, { … }) or on the command line";
  }
  if (table !== EXPERT_TABLE && Object.hasOwn(EXPERT_TABLE, name)) return "; it belongs to the expert: put it in defineExpert({ … })";
  return undefined;
}

function checkSymbols({ symbol, symbols }: { readonly symbol?: string; readonly symbols?: readonly string[] }): void {
  if (symbol === undefined || symbols === undefined) return;
  refuse('symbols: write either symbol: "BTCUSDT" or symbols: ["BTCUSDT", "ETHUSDT"], not both');
}

function checkSpot({ contractType, marginMode, positionMode }: RunOptions): void {
  const remedy = 'write marketType: "futures" beside it, or leave it out';
  if (contractType !== undefined) refuse(`contractType: spot has no contracts; ${remedy}`);
  if (marginMode !== undefined) refuse(`marginMode: spot has no margin; ${remedy}`);
  if (positionMode === "hedge") refuse(`positionMode: spot cannot hold a long and a short position; ${remedy}`);
}

function checkLogFiles(run: RunOptions): void {
  if (run.logToFile !== false) return;
  for (const name of ["logFile", "logTradeFile", "logErrorFile"] as const) {
    if (run[name] !== undefined) refuse(`${name}: logToFile: false writes no files; leave one of the two out`);
  }
}

function isoOf(time: number): string {
  return new Date(time).toISOString().replace(/(:00)?\.000Z$/, "Z");
}

function refuse(message: string): never {
  throw new ConfigurationError(message);
}
