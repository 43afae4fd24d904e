import { ConfigurationError, NotSupportedError } from "../../base/errors.ts";
import type { ExpertDefinition } from "../../expert/define.ts";
import type { RunOptions } from "../../expert/options.ts";
import { resolveRunOptions } from "../../expert/resolve.ts";
import type { ResolvedRunOptions } from "../../expert/resolved.ts";
import { checkRunOptions } from "../../expert/validate.ts";

/** The configuration's options with those of the command line over them. */
export function joinedRun(definition: ExpertDefinition, config: RunOptions, given: RunOptions): ResolvedRunOptions {
  checkRunOptions({ ...marketOf(config), ...given });
  return resolveRunOptions(definition.options, joined(config, given));
}

function marketOf({ marketType }: RunOptions): RunOptions {
  return marketType === undefined ? {} : { marketType };
}

function joined(config: RunOptions, given: RunOptions): RunOptions {
  const { symbol, symbols, ...rest } = config;
  const { marketType, contractType, marginMode, positionMode, ...general } = rest;
  const market = { marketType, contractType, marginMode, positionMode };
  // Another market makes the configured contract and margin meaningless, and a symbol replaces all configured ones.
  const kept = given.marketType === undefined || given.marketType === marketType ? market : {};
  const symbolOptions = given.symbols === undefined ? { symbol, symbols } : {};
  const all = {
    ...general,
    ...kept,
    ...symbolOptions,
    ...given,
    params: { ...config.params, ...given.params },
    risk: { ...config.risk, ...given.risk },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Names the flag instead of the option where the value came from the command line. */
export function inFlags(error: unknown, given: RunOptions): unknown {
  if (!(error instanceof ConfigurationError)) return error;
  const [, option = ""] = /^([\w.]+): /.exec(error.message) ?? [];
  const flag = FLAG_OF_OPTION[option];
  const isGiven = option.startsWith("risk.") ? given.risk !== undefined : Object.hasOwn(given, option);
  if (flag === undefined || !isGiven) return error;
  const message = `${flag}${error.message.slice(option.length)}`.replace(`write ${option.replace(/^.*\./, "")}: `, `write ${flag} `);
  return error instanceof NotSupportedError
    ? new NotSupportedError(message, { cause: error })
    : new ConfigurationError(message, { cause: error });
}

/** A run's option and the flag that sets it, for messages. */
const FLAG_OF_OPTION: Readonly<Record<string, string>> = {
  exchange: "--exchange",
  marketType: "--market",
  contractType: "--market",
  symbol: "--symbol",
  symbols: "--symbol",
  timeframe: "--timeframe",
  from: "--from",
  to: "--to",
  initialCapital: "--capital",
  makerFeePct: "--maker-fee",
  takerFeePct: "--taker-fee",
  spreadPct: "--spread",
  seed: "--seed",
  "risk.leverage": "--leverage",
  "risk.slippagePct": "--slippage",
};
