import { ConfigurationError, NotSupportedError } from "../../base/errors.ts";
import type { ExpertDefinition } from "../../expert/define.ts";
import { usableIn } from "../../expert/mode-options.ts";
import type { RunMode, RunOptions } from "../../expert/options.ts";
import { resolveRunOptions } from "../../expert/resolve.ts";
import type { ResolvedRunOptions } from "../../expert/resolved.ts";
import { checkRunOptions } from "../../expert/validate.ts";

/** What a run is made of: its mode, the configuration's options, and those of the command line over them. */
export interface RunWishes {
  readonly mode: RunMode;
  readonly config: RunOptions;
  readonly given: RunOptions;
}

/** One set of options for a run of this mode. What the configuration says for runs of other modes is left out; flags are not. */
export function joinedRun(definition: ExpertDefinition, { mode, config, given }: RunWishes): ResolvedRunOptions {
  const usable = usableIn(mode, config);
  const chosen = { ...given, mode };
  checkRunOptions({ ...marketOf(usable), ...chosen });
  return resolveRunOptions(definition.options, joined(usable, chosen));
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
  duration: "--duration",
  testnet: "--testnet",
  onExit: "--on-exit",
  onError: "--on-error",
  rearm: "--rearm",
  logLevel: "--log-level",
  "risk.leverage": "--leverage",
  "risk.slippagePct": "--slippage",
};
