import { MetaExpertError } from "../../../base/errors.ts";
import type { Random } from "../../../base/random.ts";
import type { Cancel, Scheduler } from "../../../base/scheduler.ts";
import type { Funding } from "../../../domain/funding.ts";
import { createBackoff, type Backoff } from "./backoff.ts";
import type { SettledFunding } from "./mark-price.ts";

export interface FundingWatchOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** The exchange's time, milliseconds. */
  now(): number;
  /** What has been settled since a moment (included), oldest first. */
  fetchRates(since: number): Promise<readonly SettledFunding[]>;
  onFunding(funding: Funding): void;
}

/** How long after its moment a funding is asked for first. */
const SETTLED_MS = 3_000;

/** A settlement carries its moment and a few milliseconds; anything nearer than this is that one. */
const NEAR_MS = 60_000;

/**
 * The funding payments of a perpetual at the rates that were settled, each exactly once. When one is due is told by the mark price, and may
 * change at any time; what it came to is asked for.
 */
export class FundingWatch {
  readonly #options: FundingWatchOptions;
  readonly #backoff: Backoff;
  /** Moment of the next payment; NaN before it is known. */
  #due = NaN;
  /** Latest moment that has to be found in an answer. */
  #awaited = NaN;
  readonly #start: number;
  #since: number;
  /** What has been handed out at `#since`. */
  #known = new Set<string>();
  #isAsking = false;
  #isStopped = false;
  #cancelAlarm: Cancel | undefined;
  #cancelRetry: Cancel | undefined;

  constructor(options: FundingWatchOptions) {
    this.#options = options;
    this.#backoff = createBackoff({ firstMs: 2_000, mostMs: 60_000, random: options.random });
    this.#start = Math.floor(options.now());
    this.#since = this.#start;
  }

  /** The mark price has named the moment of the next payment. */
  announce(nextFundingTime: number): void {
    if (nextFundingTime === this.#due || this.#isStopped) return;
    if (this.#due <= this.#options.now()) this.#await(this.#due);
    this.#due = nextFundingTime;
    this.#cancelAlarm?.();
    const leftMs = nextFundingTime + SETTLED_MS - this.#options.now();
    this.#cancelAlarm = this.#options.scheduler.after(Math.max(0, leftMs), () => this.#await(nextFundingTime));
  }

  /** The stream is back: a payment may have been missed. */
  connected(): void {
    if (this.#due <= this.#options.now()) this.#await(this.#due);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelAlarm?.();
    this.#cancelRetry?.();
  }

  #await(moment: number): void {
    // What was due before we came is nobody's concern.
    if (moment < this.#start) return;
    this.#awaited = Number.isNaN(this.#awaited) ? moment : Math.max(this.#awaited, moment);
    this.#cancelRetry?.();
    this.#ask();
  }

  #ask(): void {
    if (this.#isAsking || this.#isStopped) return;
    this.#isAsking = true;
    this.#options.fetchRates(this.#since).then(
      (rates) => this.#join(rates),
      (error: unknown) => {
        if (!(error instanceof MetaExpertError)) throw error;
        this.#isAsking = false;
        this.#later();
      },
    );
  }

  #join(rates: readonly SettledFunding[]): void {
    this.#isAsking = false;
    for (const { funding, rateType } of rates) {
      if (this.#isStopped) return;
      const key = `${funding.time} ${rateType}`;
      if (funding.time < this.#since || this.#known.has(key)) continue;
      if (funding.time > this.#since) this.#known = new Set();
      this.#since = funding.time;
      this.#known.add(key);
      this.#options.onFunding(funding);
    }
    if (this.#known.size === 0 || this.#since < this.#awaited - NEAR_MS) {
      this.#later();
      return;
    }
    this.#awaited = NaN;
    this.#backoff.reset();
  }

  #later(): void {
    if (this.#isStopped) return;
    this.#cancelRetry = this.#options.scheduler.after(this.#backoff.next(), () => this.#ask());
  }
}
