import type { Clock } from "../base/clock.ts";
import type { Inbox } from "../engine/inbox.ts";
import type { RunMonitor } from "./run-monitor.ts";

export interface TrustOptions {
  readonly exchange: string;
  readonly symbols: readonly string[];
  /** Whether there is a private stream to be seen. */
  readonly hasAccount: boolean;
  readonly inbox: Inbox;
  readonly scheduler: Clock;
  readonly monitor: RunMonitor;
}

/** Whether what is seen of the market and the account can be trusted; the session is told each time that changes. */
export class Trust {
  readonly #options: TrustOptions;
  /** Why not, by what cannot be seen. */
  readonly #doubts = new Map<string, string>();
  #wasStale: boolean | undefined;

  constructor(options: TrustOptions) {
    this.#options = options;
  }

  /** At first nothing has been seen. */
  begin(): void {
    const { symbols, hasAccount } = this.#options;
    for (const symbol of symbols) this.#doubts.set(symbol, "waiting for market data");
    if (hasAccount) this.#doubts.set("account", "waiting for the account");
    this.#tell();
  }

  onSymbol(symbol: string, reason: string | undefined): void {
    this.#set(symbol, reason === undefined ? undefined : `${symbol}: ${reason}`);
  }

  onAccount(reason: string | undefined): void {
    this.#set("account", reason === undefined ? undefined : `account: ${reason}`);
  }

  #set(what: string, doubt: string | undefined): void {
    if (doubt === undefined) this.#doubts.delete(what);
    else this.#doubts.set(what, doubt);
    this.#tell();
  }

  #tell(): void {
    const { exchange, inbox, scheduler, monitor } = this.#options;
    const [reason] = this.#doubts.values();
    const isStale = reason !== undefined;
    if (isStale === this.#wasStale) return;
    const isFirst = this.#wasStale === undefined;
    this.#wasStale = isStale;
    const status = isStale ? (isFirst ? "connecting" : "reconnecting") : "connected";
    const reconnects = monitor.connection.reconnects + (isStale && !isFirst ? 1 : 0);
    monitor.connection = { status, isStale, reconnects, reason };
    monitor.note({
      kind: "connection",
      level: isStale && !isFirst ? "warn" : "info",
      text: `${exchange}: ${status}${isStale ? `, ${reason}` : ""}`,
    });
    const state = { exchange, status: isStale ? ("reconnecting" as const) : ("connected" as const), ...(isStale ? { reason } : {}) };
    inbox.push({ kind: "connection", time: scheduler.now(), state, isStale });
  }
}
