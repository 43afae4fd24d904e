import { join } from "node:path";
import type { ResolvedRunOptions } from "../expert/resolved.ts";

/** Whose state it is: a journal of another strategy, account or mode is never gone on with. */
export interface StateIdentity {
  readonly strategyId: string;
  readonly exchange: string;
  readonly market: string;
  readonly mode: string;
  readonly place: string;
  readonly account: string;
}

export function identityOf(
  run: ResolvedRunOptions,
  { isPaper, isSandbox }: { readonly isPaper: boolean; readonly isSandbox: boolean },
): StateIdentity {
  return {
    strategyId: run.strategyId,
    exchange: run.exchange,
    market: run.market,
    mode: isPaper ? "paper" : "live",
    place: isSandbox ? "sandbox" : run.testnet ? "testnet" : "exchange",
    account: run.subaccount ?? "main",
  };
}

/** Where the state of a run lies: one folder for each strategy at each place, so that modes never share one. */
export function stateFolder(home: string, identity: StateIdentity): string {
  const { strategyId, exchange, market, mode, place, account } = identity;
  const parts = [exchange, market, mode, place, account].map((part) => part.replaceAll(/[^A-Za-z0-9_-]/g, "_"));
  return join(home, "state", strategyId, parts.join("-"));
}
