import { ConfigurationError } from "../../base/errors.ts";
import type { RunOptions } from "../../expert/options.ts";
import { parseParam, type ParamSpecs, type ParamValue } from "../../expert/params.ts";
import { isSecretName, SECRET_ADVICE } from "../../expert/secret-names.ts";
import { didYouMean } from "../../expert/suggest.ts";
import { oneOf, quoted } from "./arguments.ts";

/** The value read, when there is one. */
export function given<T, Result>(value: T | undefined, read: (value: T) => Result): Result | undefined {
  return value === undefined ? undefined : read(value);
}

/** Without the entries that are undefined, as the types of options ask for. */
export function present<T extends object>(values: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof T]: Exclude<T[Name], undefined> };
}

/** Kind of market and of contract, by one word. */
export function marketOptions(text: string | undefined): Pick<RunOptions, "marketType" | "contractType"> {
  if (text === undefined) return {};
  const market = oneOf("--market", text, ["spot", "linear", "inverse", "futures"]);
  if (market === "spot") return { marketType: "spot" };
  return { marketType: "futures", contractType: market === "inverse" ? "inverse" : "linear" };
}

/** `btc/usdt, ETH-USDT` is `BTCUSDT` and `ETHUSDT`: the archive's names have no separators. */
export function parseSymbols(text: string): readonly string[] {
  return text.split(",").map((part) => {
    const symbol = part.trim().toUpperCase().replaceAll(/[/_-]/g, "");
    if (/^[\p{L}\p{N}.]{1,64}$/u.test(symbol)) return symbol;
    throw new ConfigurationError(`--symbol: ${quoted(part)} is not a symbol; write one such as BTCUSDT`);
  });
}

/** `name=value` for each of the parameters that an expert has. */
export function parseParams(list: readonly string[], specs: ParamSpecs): Readonly<Record<string, ParamValue>> {
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
