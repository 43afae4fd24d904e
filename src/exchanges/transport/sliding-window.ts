/** How finely a window is told apart; what was spent counts for up to one slice longer than the window. */
const SLICES = 60;

/**
 * What was spent during the last `windowMs`, in fixed memory. It errs on the careful side only: an amount counts for at least the window
 * and at most a sixtieth longer, so a limit kept here is kept in every window of that length, wherever the other side begins it.
 */
export class SlidingWindow {
  readonly #sliceMs: number;
  readonly #amounts = new Float64Array(SLICES + 1);
  /** Number of the current slice since the epoch. */
  #slice = -Infinity;
  #used = 0;

  constructor(windowMs: number) {
    this.#sliceMs = windowMs / SLICES;
  }

  /** What counts at a moment, milliseconds and not below zero. Moments may not go back; an earlier one is taken for the latest. */
  used(now: number): number {
    const slice = Math.floor(now / this.#sliceMs);
    if (slice > this.#slice) this.#advance(slice);
    return this.#used;
  }

  spend(now: number, amount: number): void {
    this.used(now);
    this.#amounts[this.#slice % this.#amounts.length]! += amount;
    this.#used += amount;
  }

  /** First moment at which no more than `target` counts, if nothing is spent meanwhile; Infinity when `target` is below zero. */
  lowAt(now: number, target: number): number {
    let left = this.used(now);
    if (left <= target) return now;
    if (target < 0) return Infinity;
    for (let slice = Math.max(0, this.#slice - SLICES); slice <= this.#slice; slice += 1) {
      left -= this.#amounts[slice % this.#amounts.length] as number;
      if (left <= target) return (slice + SLICES + 1) * this.#sliceMs;
    }
    return (this.#slice + SLICES + 1) * this.#sliceMs;
  }

  #advance(slice: number): void {
    const length = this.#amounts.length;
    if (slice - this.#slice >= length) {
      this.#amounts.fill(0);
      this.#used = 0;
    } else {
      for (let passed = this.#slice + 1; passed <= slice; passed += 1) {
        this.#used -= this.#amounts[passed % length] as number;
        this.#amounts[passed % length] = 0;
      }
    }
    this.#slice = slice;
    // Amounts that are no whole numbers leave dust behind.
    if (this.#used < 1e-9) this.#used = 0;
  }
}
