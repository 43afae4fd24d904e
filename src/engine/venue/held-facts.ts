import type { Scheduler } from "../../base/scheduler.ts";

/** Longer than an answer takes; what protects a position waits for its fill. */
const HOLD_MS_MAX = 1_000;

/**
 * Keeps what the private stream tells of trades back while older ones are asked for, so that they are booked in the order in which they
 * happened: the average price of a position depends on it. Not for long: a fill that is late is worse than one out of order.
 */
export class HeldFacts {
  readonly #scheduler: Scheduler;
  readonly #held = new Map<string, (() => void)[]>();
  #stopTimer: (() => void) | undefined;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** From now on facts about these symbols are kept back, until they are released or a second has passed. */
  hold(symbols: readonly string[]): void {
    this.releaseAll();
    for (const symbol of symbols) this.#held.set(symbol, []);
    this.#stopTimer = this.#scheduler.after(HOLD_MS_MAX, () => this.releaseAll());
  }

  /** Takes a fact in now, or keeps it back. */
  pass(symbol: string, take: () => void): void {
    const waiting = this.#held.get(symbol);
    if (waiting === undefined) take();
    else waiting.push(take);
  }

  /** What happened before is known: facts about the symbol are taken in, in the order in which they came. */
  release(symbol: string): void {
    const waiting = this.#held.get(symbol);
    if (waiting === undefined) return;
    this.#held.delete(symbol);
    if (this.#held.size === 0) this.#stopTimer?.();
    for (const take of waiting) take();
  }

  releaseAll(): void {
    for (const symbol of this.#held.keys()) this.release(symbol);
  }
}
