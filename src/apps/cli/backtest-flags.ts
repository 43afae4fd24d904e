import { parseTimeframe } from "../../domain/timeframe.ts";
import { INTRABAR_PATHS, type IntrabarPath, type RunOptions } from "../../expert/options.ts";
import type { ParamSpecs } from "../../expert/params.ts";
import { oneOf, parseNumber, parsePercent } from "./arguments.ts";
import { given, marketOptions, parseParams, parseSymbols, present } from "./run-flags.ts";

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
