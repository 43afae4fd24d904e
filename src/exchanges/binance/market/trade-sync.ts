import { DataError, MetaExpertError, RateLimitedError } from "../../../base/errors.ts";
import type { Random } from "../../../base/random.ts";
import type { Cancel, Scheduler } from "../../../base/scheduler.ts";
import type { Trade } from "../../../domain/trade.ts";
import { createBackoff, type Backoff } from "./backoff.ts";

export interface TradeSyncOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Up to `TRADES_PER_PAGE` trades from an id on, oldest first; without an id the newest one. */
  fetchTrades(fromId: string | undefined): Promise<readonly Trade[]>;
  onTrade(trade: Trade): void;
  /** Trades are missing, or no more. */
  onComplete(reason: string | undefined): void;
  /** A trade has come that was there before. */
  onDuplicate?(): void;
}

export const TRADES_PER_PAGE = 1_000;

/** Trades kept while others are being fetched; what comes beyond is fetched as well. */
const BUFFER_MAX = 20_000;

/** An id in the form in which it can be counted: exact as a double, or not. */
type Id = number | bigint;

/**
 * The trades of a symbol, each exactly once and in the order of their ids, which count up without a hole. What a reconnection or a bad
 * message has cost is fetched before what follows it. Begins with what happens after the first answer of the exchange.
 */
export class TradeSync {
  readonly #options: TradeSyncOptions;
  readonly #backoff: Backoff;
  #last: Id | undefined;
  /** What has come out of turn, in the order in which it came; undefined while nothing is being fetched. */
  #waiting: Trade[] | undefined;
  #isConnected = false;
  #attempt = 0;
  #cancelRetry: Cancel | undefined;

  constructor(options: TradeSyncOptions) {
    this.#options = options;
    this.#backoff = createBackoff({ firstMs: 500, mostMs: 30_000, random: options.random });
  }

  /** Trades begin to come (again). */
  connected(): void {
    this.#isConnected = true;
    this.#backoff.reset();
    this.#catchUp("trades since the last connection are being fetched");
  }

  disconnected(): void {
    this.#isConnected = false;
    this.#stop();
  }

  /** A trade of the stream. `id` is the trade's as a number, where the caller has it. */
  take(trade: Trade, id: Id = idOf(trade.id)): void {
    if (this.#waiting !== undefined) {
      if (this.#waiting.length < BUFFER_MAX) this.#waiting.push(trade);
      return;
    }
    if (!this.#isConnected) return;
    const distance = distanceOf(this.#last, id);
    if (distance === 1) {
      this.#hand(trade, id);
      return;
    }
    if (distance < 1) {
      this.#options.onDuplicate?.();
      return;
    }
    this.#catchUp(`trades between ${String(this.#last)} and ${trade.id} are being fetched`);
    // Kept by the line above.
    (this.#waiting as Trade[] | undefined)?.push(trade);
  }

  /** A message that could not be used: the trade it told has to be fetched. */
  missed(): void {
    if (this.#isConnected && this.#waiting === undefined) this.#catchUp("a trade that came unreadable is being fetched");
  }

  #catchUp(reason: string): void {
    this.#stop();
    this.#waiting = [];
    this.#options.onComplete(reason);
    this.#ask(this.#attempt);
  }

  #stop(): void {
    this.#attempt += 1;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#waiting = undefined;
  }

  #ask(attempt: number): void {
    const from = this.#last === undefined ? undefined : String(BigInt(this.#last) + 1n);
    this.#options.fetchTrades(from).then(
      (trades) => {
        if (attempt === this.#attempt) this.#join(trades, attempt);
      },
      (error: unknown) => {
        if (!(error instanceof MetaExpertError)) throw error;
        if (attempt === this.#attempt) this.#later(attempt, error instanceof RateLimitedError ? error.retryAfterMs : 0);
      },
    );
  }

  /** Hands out a page, then what waited, as far as it follows without a hole. */
  #join(page: readonly Trade[], attempt: number): void {
    const before = this.#last;
    if (this.#last === undefined) {
      // The newest trade of the exchange is where we come in.
      const newest = page.at(-1);
      this.#last = newest === undefined ? undefined : idOf(newest.id);
    }
    for (const trade of page) {
      const id = idOf(trade.id);
      // A hole in an answer is a hole at the exchange: there are no such trades.
      if (distanceOf(this.#last, id) >= 1) this.#hand(trade, id);
    }
    const waiting = this.#waiting ?? [];
    let next = 0;
    for (; next < waiting.length; next += 1) {
      const trade = waiting[next] as Trade;
      const id = idOf(trade.id);
      const distance = distanceOf(this.#last, id);
      if (distance > 1) break;
      if (distance === 1) this.#hand(trade, id);
    }
    waiting.splice(0, next);
    // Whoever was told may have ended it all.
    if (attempt !== this.#attempt) return;
    if (waiting.length > 0 || page.length >= TRADES_PER_PAGE) {
      // Without progress the stream is ahead of what the exchange answers.
      if (this.#last === before) this.#later(attempt, 0);
      else this.#ask(attempt);
      return;
    }
    this.#stop();
    this.#backoff.reset();
    this.#options.onComplete(undefined);
  }

  #later(attempt: number, leastMs: number): void {
    this.#cancelRetry = this.#options.scheduler.after(Math.max(leastMs, this.#backoff.next()), () => this.#ask(attempt));
  }

  #hand(trade: Trade, id: Id): void {
    this.#last = id;
    this.#options.onTrade(trade);
  }
}

function idOf(text: string): Id {
  const id = Number(text);
  if (Number.isSafeInteger(id)) return id;
  if (!/^\d+$/.test(text)) throw new DataError("a trade's id is not a number");
  return BigInt(text);
}

/** How far an id lies beyond the last one; 1 when there is none yet. */
function distanceOf(last: Id | undefined, id: Id): number {
  if (last === undefined) return 1;
  return typeof last === "number" && typeof id === "number" ? id - last : Number(BigInt(id) - BigInt(last));
}
