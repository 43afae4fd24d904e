import { ConfigurationError } from "../base/errors.ts";
import type { RunMode, RunOptions } from "./options.ts";

/** An option that means nothing in some modes, and why. */
export interface ForeignOption {
  readonly option: keyof RunOptions;
  readonly mode: RunMode;
  /** The values that are refused; every value when absent. */
  readonly values?: readonly boolean[];
  /** The reason, as the end of a sentence that has said to leave it out. */
  readonly because: string;
}

const noConnection = "a backtest connects to no exchange";
const freshStart = "a backtest starts anew each time";
const toTerminal = "redirect the terminal's output to a file";
const now = "a run on the market as it is begins now; duration ends it";
const ownMarket = "the built-in exchange is a market of its own on this machine";

/** What each mode has no use for. Using one is refused: nothing is ever silently ignored. */
export const FOREIGN_OPTIONS: readonly ForeignOption[] = [
  { option: "testnet", mode: "backtest", values: [true], because: noConnection },
  { option: "proxy", mode: "backtest", because: noConnection },
  { option: "subaccount", mode: "backtest", because: "a backtest has one account" },
  { option: "baseUrl", mode: "backtest", because: noConnection },
  { option: "rateLimit", mode: "backtest", because: "a backtest sends no requests" },
  { option: "persistState", mode: "backtest", values: [true], because: freshStart },
  { option: "rearm", mode: "backtest", values: [true], because: freshStart },
  { option: "logToFile", mode: "backtest", values: [true], because: toTerminal },
  { option: "logFile", mode: "backtest", because: toTerminal },
  { option: "logTradeFile", mode: "backtest", because: "the results of a backtest have the list of trades" },
  { option: "logErrorFile", mode: "backtest", because: toTerminal },
  { option: "jsonLogging", mode: "backtest", values: [true], because: "a backtest writes text to the terminal" },
  { option: "duration", mode: "backtest", because: "a backtest lasts as long as its data; to ends it" },
  { option: "onError", mode: "backtest", because: "a backtest ends where its expert throws" },
  { option: "onExit", mode: "backtest", because: "a backtest ends with its data and reports what is open" },
  { option: "subaccount", mode: "paper", because: "paper trading has an account of its own" },
  { option: "from", mode: "paper", because: now },
  { option: "to", mode: "paper", because: now },
  { option: "intrabar", mode: "paper", because: "paper trading follows every trade of the market" },
  { option: "from", mode: "live", because: now },
  { option: "to", mode: "live", because: now },
  { option: "intrabar", mode: "live", because: "the exchange fills orders" },
  { option: "spreadPct", mode: "live", because: "the market has its own spread; risk.maxSpreadPct limits it" },
  { option: "initialCapital", mode: "live", because: "the account's own money is traded" },
  { option: "testnet", mode: "sandbox", values: [true], because: ownMarket },
  { option: "proxy", mode: "sandbox", because: ownMarket },
  { option: "subaccount", mode: "sandbox", because: ownMarket },
  { option: "baseUrl", mode: "sandbox", because: ownMarket },
  { option: "from", mode: "sandbox", because: now },
  { option: "to", mode: "sandbox", because: now },
  { option: "intrabar", mode: "sandbox", because: "the built-in exchange follows every trade of its market" },
];

/** Refuses options that a mode has no use for. */
export function refuseForeignOptions(mode: RunMode, options: RunOptions): void {
  for (const entry of FOREIGN_OPTIONS) {
    if (entry.mode !== mode || !isUsed(entry, options)) continue;
    throw new ConfigurationError(`${entry.option}: mode "${mode}" has no use for it; leave it out: ${entry.because}`);
  }
}

/**
 * A configuration file serves runs of every mode: its options without those that this mode has no use for. What is given for one run,
 * by flags or a program, is not cut but refused.
 */
export function usableIn(mode: RunMode, options: RunOptions): RunOptions {
  const foreign = new Set<string>(
    FOREIGN_OPTIONS.filter((entry) => entry.mode === mode && isUsed(entry, options)).map(({ option }) => option),
  );
  return Object.fromEntries(Object.entries(options).filter(([name]) => !foreign.has(name)));
}

function isUsed({ option, values }: ForeignOption, options: RunOptions): boolean {
  const value = options[option];
  return value !== undefined && (values === undefined || values.some((refused) => refused === value));
}
