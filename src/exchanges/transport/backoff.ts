import { assert } from "../../base/assert.ts";
import type { Random } from "../../base/random.ts";

export interface BackoffOptions {
  /** Longest wait before the first repetition, milliseconds; it doubles with each one. @default 250 */
  readonly baseMs?: number;
  /** Longest wait of all, milliseconds. @default 30000 */
  readonly capMs?: number;
}

/**
 * Waits that grow with each failure and are drawn anew from zero to the present bound ("full jitter"; Marc Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog, 2015), so that many clients that lost the same server do not come back together.
 */
export class Backoff {
  readonly #random: Random;
  readonly #baseMs: number;
  readonly #capMs: number;
  #boundMs: number;

  constructor(random: Random, { baseMs = 250, capMs = 30_000 }: BackoffOptions = {}) {
    assert(baseMs > 0 && capMs >= baseMs, "backoff: the base is above zero and not above the cap");
    this.#random = random;
    this.#baseMs = baseMs;
    this.#capMs = capMs;
    this.#boundMs = baseMs;
  }

  /** The next wait, milliseconds. */
  next(): number {
    const waitMs = this.#random.next() * this.#boundMs;
    this.#boundMs = Math.min(2 * this.#boundMs, this.#capMs);
    return waitMs;
  }

  /** What was tried worked: the next wait is a short one again. */
  reset(): void {
    this.#boundMs = this.#baseMs;
  }
}
