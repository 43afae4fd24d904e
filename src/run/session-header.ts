import type { Instrument } from "../domain/instrument.ts";
import type { ExchangeCapabilities } from "../engine/exchange.ts";
import type { StreamInfo } from "../engine/feed.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";

/** Name of the state that begins each run in a journal. */
export const HEADER_STATE = "header";

/** Everything a run was begun with that its events do not say: with it and the events a journal repeats the run. */
export interface SessionHeader {
  readonly version: 1;
  readonly startedAt: number;
  /** When the first of all runs with this journal began; absent in journals from before it was written. */
  readonly firstStartedAt?: number;
  /** What every client order id of this run begins with. */
  readonly idPrefix: string;
  /** Bars that close at or before this moment only warm indicators up. */
  readonly tradesFrom: number;
  readonly expert: { readonly name: string; readonly file: string | undefined; readonly sourceHash: string };
  /** What the exchange calls the account; absent where orders are simulated. */
  readonly account?: string | undefined;
  /** Without what may be secret. */
  readonly run: ResolvedRunOptions;
  readonly initialCapital: number;
  /** Equity when the first of all runs with this journal began. */
  readonly startEquity: number;
  readonly costRate: number;
  readonly streams: readonly StreamInfo[];
  readonly instruments: readonly Instrument[];
  readonly exchange: {
    readonly name: string;
    readonly capabilities: ExchangeCapabilities;
    /** Fees of the simulated exchange, where orders are simulated. */
    readonly simulated: { readonly makerFeePct: number; readonly takerFeePct: number } | undefined;
  };
}

/** The run's options as they may be written down: an address may carry a password. */
export function writtenRun(run: ResolvedRunOptions): ResolvedRunOptions {
  return { ...run, proxy: undefined, baseUrl: undefined };
}
