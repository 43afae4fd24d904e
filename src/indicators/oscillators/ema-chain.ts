import type { Ema } from "../overlap/ema.ts";

/** Averages one behind the other: each starts when the one before it has its first value. */
export class EmaChain {
  /** Numbers until the first value of the last average. */
  readonly warmup: number;
  readonly #stages: readonly Ema[];
  readonly #last: Ema;
  /** Numbers each stage has still to pass before its first value. */
  readonly #waits: Int32Array;

  constructor(stages: readonly [Ema, ...Ema[]]) {
    this.#stages = stages;
    this.#last = stages.at(-1) ?? stages[0];
    this.#waits = new Int32Array(stages.length);
    this.warmup = stages.reduce((sum, stage) => sum + stage.warmup - 1, 1);
    this.reset();
  }

  get value(): number {
    return this.#last.value;
  }

  /** Takes the next number; true once the last average has a value. */
  next(value: number): boolean {
    let passed = value;
    for (let index = 0; index < this.#stages.length; index += 1) {
      const stage = this.#stages[index] as Ema;
      stage.next(passed);
      const wait = this.#waits[index] as number;
      if (wait > 0) {
        this.#waits[index] = wait - 1;
        return false;
      }
      passed = stage.value;
    }
    return true;
  }

  reset(): void {
    this.#stages.forEach((stage, index) => {
      stage.reset();
      this.#waits[index] = stage.warmup - 1;
    });
  }
}
