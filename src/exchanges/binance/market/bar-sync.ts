import { MetaExpertError, RateLimitedError } from "../../../base/errors.ts";
import type { Random } from "../../../base/random.ts";
import type { Cancel, Scheduler } from "../../../base/scheduler.ts";
import type { Bar } from "../../../domain/bar.ts";
import { barCloseTime, barOpenTime, type Timeframe } from "../../../domain/timeframe.ts";
import { createBackoff, type Backoff } from "./backoff.ts";

export interface BarSyncOptions {
  readonly timeframe: Timeframe;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** The bar that formed at this moment of the exchange is the first. */
  readonly startedAt: number;
  /** The exchange's time, milliseconds. */
  now(): number;
  /** Closed bars whose open lies in `from` (included) to `to` (excluded), oldest first. */
  fetchBars(from: number, to: number): Promise<readonly Bar[]>;
  onBar(bar: Bar): void;
  /** Bars are missing, or no more. */
  onComplete(reason: string | undefined): void;
  /** A bar has come that was handed out before, or too late. */
  onDuplicate?(): void;
}

/** How long the stream may take to tell a bar that has ended; after that the exchange is asked. */
const GRACE_MS = 3_000;

/** How long a bar has to have ended before an answer's version of it is final. */
export const SETTLED_MS = 1_000;

/** Bars kept while older ones are being fetched. */
const WAITING_MAX = 1_000;

/**
 * The closed bars of a symbol, each exactly once and in order, from the one on that was forming at the start. A bar that the stream leaves
 * out, or does not tell in time, is asked for; what comes late or twice is dropped.
 */
export class BarSync {
  readonly #options: BarSyncOptions;
  readonly #backoff: Backoff;
  /** Open time of the bar that is handed out next. */
  #next: number;
  /** Bars beyond the next one, by open time. */
  readonly #waiting = new Map<number, Bar>();
  #isAsking = false;
  #isComplete = true;
  #isStopped = false;
  #cancelAlarm: Cancel | undefined;

  constructor(options: BarSyncOptions) {
    this.#options = options;
    this.#backoff = createBackoff({ firstMs: 1_000, mostMs: 30_000, random: options.random });
    this.#next = barOpenTime(options.timeframe, options.startedAt);
    this.#expect();
  }

  /** Open time of the bar that is handed out next. */
  get next(): number {
    return this.#next;
  }

  /** A closed bar of the stream. */
  take(bar: Bar): void {
    if (this.#isStopped) return;
    if (bar.openTime < this.#next) {
      this.#options.onDuplicate?.();
      return;
    }
    if (bar.openTime === this.#next) {
      this.#hand(bar);
      this.#handWaiting();
      this.#expect();
      return;
    }
    if (this.#waiting.size < WAITING_MAX) this.#waiting.set(bar.openTime, bar);
    this.#setComplete(`the bar of ${new Date(this.#next).toISOString()} is missing and being fetched`);
    this.#ask();
  }

  /** The stream is back: what ended meanwhile is asked for at once. */
  connected(): void {
    if (this.#endsOf(this.#next) + SETTLED_MS <= this.#options.now()) this.#ask();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelAlarm?.();
  }

  #endsOf(openTime: number): number {
    return barCloseTime(this.#options.timeframe, openTime);
  }

  /** Sets the alarm for the next bar, or ends the search for it. */
  #expect(): void {
    if (this.#isAsking || this.#isStopped) return;
    this.#cancelAlarm?.();
    if (this.#waiting.size === 0) this.#setComplete(undefined);
    const leftMs = this.#endsOf(this.#next) + GRACE_MS - this.#options.now();
    this.#cancelAlarm = this.#options.scheduler.after(Math.max(0, leftMs), () => this.#onAlarm());
  }

  #onAlarm(): void {
    // The exchange's clock may have been set meanwhile.
    if (this.#options.now() < this.#endsOf(this.#next) + GRACE_MS - 1) this.#expect();
    else this.#ask();
  }

  #ask(): void {
    if (this.#isAsking || this.#isStopped) return;
    this.#isAsking = true;
    this.#cancelAlarm?.();
    this.#options.fetchBars(this.#next, this.#options.now() - SETTLED_MS).then(
      (bars) => this.#join(bars),
      (error: unknown) => this.#failed(error),
    );
  }

  #join(bars: readonly Bar[]): void {
    this.#isAsking = false;
    if (this.#isStopped) return;
    const before = this.#next;
    for (const bar of bars) {
      if (bar.openTime < this.#next) continue;
      // A hole in an answer is a hole at the exchange: it had no such bars.
      this.#next = bar.openTime;
      this.#hand(bar);
      this.#handWaiting();
    }
    const isDue = this.#waiting.size > 0 || this.#options.now() >= this.#endsOf(this.#next) + GRACE_MS;
    if (isDue && this.#next === before) {
      this.#later(this.#backoff.next());
      return;
    }
    this.#backoff.reset();
    // A bar of the stream that is still ahead shows that there is more to fetch.
    if (this.#waiting.size > 0) this.#ask();
    else this.#expect();
  }

  #failed(error: unknown): void {
    if (!(error instanceof MetaExpertError)) throw error;
    this.#isAsking = false;
    if (this.#isStopped) return;
    const delayMs = this.#backoff.next();
    this.#later(error instanceof RateLimitedError ? Math.max(delayMs, error.retryAfterMs) : delayMs);
  }

  #later(delayMs: number): void {
    this.#setComplete(`the bar of ${new Date(this.#next).toISOString()} has not come`);
    this.#cancelAlarm?.();
    this.#cancelAlarm = this.#options.scheduler.after(delayMs, () => this.#ask());
  }

  #hand(bar: Bar): void {
    this.#next = this.#endsOf(bar.openTime);
    this.#options.onBar(bar);
  }

  #handWaiting(): void {
    for (const openTime of this.#waiting.keys()) if (openTime < this.#next) this.#waiting.delete(openTime);
    for (let bar = this.#waiting.get(this.#next); bar !== undefined; bar = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next);
      this.#hand(bar);
    }
  }

  #setComplete(reason: string | undefined): void {
    if ((reason === undefined) === this.#isComplete) return;
    this.#isComplete = reason === undefined;
    this.#options.onComplete(reason);
  }
}
