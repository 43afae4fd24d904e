import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";
import { DAY_MS } from "../domain/timeframe.ts";
import { LivePositionView } from "../engine/position-view.ts";
import type { Session } from "../engine/session.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import type {
  AccountStatus,
  ConnectionStatus,
  OrderLine,
  PositionStatus,
  RunCounters,
  RunEvent,
  RunPhase,
  RunStatus,
} from "./run-status.ts";
import { RUN_EVENTS_MAX } from "./run-status.ts";

export interface RunMonitorOptions {
  readonly expertName: string;
  readonly run: ResolvedRunOptions;
  readonly isPaper: boolean;
  readonly isSandbox: boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

type NewEvent = Omit<RunEvent, "sequence" | "time">;

/** Knows what a run looks like from outside: its phase, its connection, what has happened lately. It reads, and changes nothing. */
export class RunMonitor {
  readonly #options: RunMonitorOptions;
  readonly #startedAt: number;
  readonly #listeners = new Set<() => void>();
  readonly #events: RunEvent[] = [];
  #sequence = 0;
  #session: Session | undefined;
  #day = { end: -Infinity, equity: NaN };
  phase: RunPhase = "starting";
  endsAt: number | undefined;
  startEquity = NaN;
  haltReason: string | undefined;
  connection: Pick<ConnectionStatus, "status" | "isStale" | "reason" | "reconnects"> = {
    status: "connecting",
    isStale: true,
    reconnects: 0,
  };
  /** Asked when a status is made. */
  latency: () => number = () => NaN;
  lastDataAt: () => number = () => NaN;
  counters: { -readonly [Name in keyof RunCounters]: number } = {
    bars: 0,
    marketEvents: 0,
    ordersSent: 0,
    fills: 0,
    refusals: 0,
    rejections: 0,
    errors: 0,
    journalRecords: 0,
  };

  constructor(options: RunMonitorOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
  }

  watch(session: Session): void {
    this.#session = session;
  }

  enter(phase: RunPhase): void {
    this.phase = phase;
    this.changed();
  }

  /** Notes what has happened, and writes it to the log. */
  note(event: NewEvent): void {
    this.#sequence += 1;
    this.#events.push({ ...event, sequence: this.#sequence, time: this.#options.clock.now() });
    if (this.#events.length > RUN_EVENTS_MAX) this.#events.shift();
    const { kind, level, text, symbol, clientOrderId } = event;
    if (level === "error") this.counters.errors += 1;
    this.#options.log[level](text, {
      kind,
      ...(symbol === undefined ? {} : { symbol }),
      ...(clientOrderId === undefined ? {} : { clientOrderId }),
    });
    this.changed();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  status(): RunStatus {
    const { expertName, run, isPaper, isSandbox, clock } = this.#options;
    const now = clock.now();
    return {
      expertName,
      strategyId: run.strategyId,
      mode: isPaper ? "paper" : "live",
      exchange: run.exchange,
      market: run.market,
      isSandbox,
      isTestnet: run.testnet,
      symbols: run.symbols,
      timeframe: run.timeframe,
      phase: this.phase,
      startedAt: this.#startedAt,
      now,
      endsAt: this.endsAt,
      connection: { ...this.connection, latencyMs: this.latency(), dataAgeMs: now - this.lastDataAt() },
      account: this.#account(now),
      positions: this.#positions(),
      orders: this.#orders(),
      events: [...this.#events],
      counters: { ...this.counters },
      haltReason: this.haltReason,
    };
  }

  #account(now: number): AccountStatus {
    const portfolio = this.#session?.core.portfolio;
    if (portfolio === undefined) return { currency: "", balance: NaN, equity: NaN, startEquity: NaN, dayStartEquity: NaN };
    const { currency, wallet: balance, equity } = portfolio;
    if (now >= this.#day.end) this.#day = { end: (Math.floor(now / DAY_MS) + 1) * DAY_MS, equity };
    return { currency, balance, equity, startEquity: this.startEquity, dayStartEquity: this.#day.equity };
  }

  #positions(): PositionStatus[] {
    const portfolio = this.#session?.core.portfolio;
    if (portfolio === undefined) return [];
    return portfolio.books
      .filter(({ quantitySteps }) => quantitySteps !== 0)
      .map((book) => {
        const { symbol, side, quantity, entryPrice, unrealizedPnl } = new LivePositionView(book);
        return { symbol, side, quantity, entryPrice, unrealizedPnl, markPrice: book.price, currency: portfolio.currency };
      });
  }

  #orders(): OrderLine[] {
    const orders = this.#session?.core.orders.open() ?? [];
    return orders.map(
      ({ clientOrderId, symbol, side, type, purpose, status, quantity, filledQuantity, price, triggerPrice, createdAt }) => ({
        clientOrderId,
        symbol,
        side,
        type,
        purpose,
        status,
        quantity,
        filledQuantity,
        price,
        triggerPrice,
        createdAt,
      }),
    );
  }
}
