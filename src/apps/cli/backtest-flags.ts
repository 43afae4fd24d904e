import { ConfigurationError } from "../../base/errors.ts";
import { parseTimeframe } from "../../domain/timeframe.ts";
import { INTRABAR_PATHS, type IntrabarPath, type RunOptions } from "../../expert/options.ts";
import { parseParam, type ParamSpecs, type ParamValue } from "../../expert/params.ts";
import { isSecretName, SECRET_ADVICE } from "../../expert/secret-names.ts";
import { didYouMean } from "../../expert/suggest.ts";
import { oneOf, parseNumber, parsePercent, quoted } from "./arguments.ts";

/** What stands on the command line, still text. */
export interface BacktestFlags {
  readonly exchange?: string;
  readonly market?: string;
  readonly symbol?: string;
  readonly timeframe?: string;
  readonly from?: string;
  readonly to?: string;
  readonly simulated?: boolean;
  readonly capital?: string;
  readonly leverage?: string;
  readonly fee?: string;
  readonly makerFee?: string;
  readonly takerFee?: string;
  readonly slippage?: string;
  readonly spread?: string;
  readonly param?: readonly string[];
  readonly seed?: string;
  readonly intrabar?: string;
  readonly out?: string;
  readonly tearSheet?: boolean;
}

/** The flags as a run's options; what is not on the command line is absent. */
export function runOptionsOf(flags: BacktestFlags, params: ParamSpecs): RunOptions {
  const makerFee = flags.makerFee ?? flags.fee;
  const takerFee = flags.takerFee ?? flags.fee;
  const risk = present({
    leverage: given(flags.leverage, (text) => parseNumber("--leverage", text)),
    slippagePct: given(flags.slippage, (text) => parsePercent("--slippage", text)),
  });
  return present({
    exchange: flags.exchange?.toLowerCase(),
    ...marketOptions(flags.market),
    symbols: given(flags.symbol, parseSymbols),
    timeframe: given(flags.timeframe, parseTimeframe),
    from: flags.from,
    to: flags.to,
    initialCapital: given(flags.capital, (text) => parseNumber("--capital", text)),
    makerFeePct: given(makerFee, (text) => parsePercent(flags.makerFee === undefined ? "--fee" : "--maker-fee", text)),
    takerFeePct: given(takerFee, (text) => parsePercent(flags.takerFee === undefined ? "--fee" : "--taker-fee", text)),
    spreadPct: given(flags.spread, (text) => parsePercent("--spread", text)),
    intrabar: given(flags.intrabar, (text): IntrabarPath => oneOf("--intrabar", text, INTRABAR_PATHS)),
    seed: given(flags.seed, (text) => parseNumber("--seed", text)),
    params: given(flags.param, (list) => parseParams(list, params)),
    risk: Object.keys(risk).length === 0 ? undefined : risk,
  });
}

function given<T, Result>(value: T | undefined, read: (value: T) => Result): Result | undefined {
  return value === undefined ? undefined : read(value);
}

/** Without the entries that are undefined, as the types of options ask for. */
function present<T extends object>(values: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof T]: Exclude<T[Name], undefined> };
}

function marketOptions(text: string | undefined): Pick<RunOptions, "marketType" | "contractType"> {
  if (text === undefined) return {};
  const market = oneOf("--market", text, ["spot", "linear", "inverse", "futures"]);
  if (market === "spot") return { marketType: "spot" };
  return { marketType: "futures", contractType: market === "inverse" ? "inverse" : "linear" };
}

/** `btc/usdt, ETH-USDT` is `BTCUSDT` and `ETHUSDT`: the archive's names have no separators. */
function parseSymbols(text: string): readonly string[] {
  return text.split(",").map((part) => {
    const symbol = part.trim().toUpperCase().replaceAll(/[/_-]/g, "");
    if (/^[\p{L}\p{N}.]{1,64}$/u.test(symbol)) return symbol;
    throw new ConfigurationError(`--symbol: ${quoted(part)} is not a symbol; write one such as BTCUSDT`);
  });
}

function parseParams(list: readonly string[], specs: ParamSpecs): Readonly<Record<string, ParamValue>> {
  const values: Record<string, ParamValue> = {};
  for (const entry of list) {
    const at = entry.indexOf("=");
    const name = entry.slice(0, Math.max(0, at)).trim();
    if (name === "") throw new ConfigurationError(`--param: ${quoted(entry)} is not name=value; write --param fast=10`);
    if (isSecretName(name)) throw new ConfigurationError(`--param ${name}: ${SECRET_ADVICE}`);
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (spec === undefined) throw unknownParam(name, Object.keys(specs));
    if (Object.hasOwn(values, name)) throw new ConfigurationError(`--param ${name} is given twice; keep one of them`);
    values[name] = parseParam(name, spec, entry.slice(at + 1));
  }
  return values;
}

function unknownParam(name: string, known: readonly string[]): ConfigurationError {
  const all = known.length === 0 ? "none" : known.join(", ");
  return new ConfigurationError(`--param: the expert has no parameter ${quoted(name)}${didYouMean(name, known)}; it has: ${all}`);
}
