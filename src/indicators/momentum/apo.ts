import type { Bar } from "../../domain/bar.ts";
import { createAverage, type Average } from "../overlap/ma.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Periods and kind of the two averages of a price oscillator. */
export interface PriceOscillatorOptions {
  /** @default 12 */
  readonly fast?: number;
  /** @default 26 */
  readonly slow?: number;
  /** @default "sma" */
  readonly average?: Average;
}

/** Absolute price oscillator: a fast moving average minus a slow one. */
export function apo(options: PriceOscillatorOptions = {}): Apo {
  return new Apo(options);
}

/** See `apo`. */
export class Apo extends SeriesIndicator {
  readonly #averages: AveragePair;

  constructor(options: PriceOscillatorOptions) {
    const averages = new AveragePair("apo", options);
    super(["value"], averages.slow.warmup);
    this.#averages = averages;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#averages.next(value)) return;
    this.current[0] = this.#averages.fast.value - this.#averages.slow.value;
  }

  override reset(): void {
    super.reset();
    this.#averages.reset();
  }
}

/** A fast and a slow average of one kind side by side; periods in the wrong order are swapped. */
export class AveragePair {
  readonly fast: SeriesIndicator<string>;
  readonly slow: SeriesIndicator<string>;
  #wait = 0;

  constructor(owner: string, { fast = 12, slow = 26, average = "sma" }: PriceOscillatorOptions) {
    wholeNumber(owner, "fast", fast, { min: 2 });
    wholeNumber(owner, "slow", slow, { min: 2 });
    this.fast = createAverage(owner, "average", average, Math.min(fast, slow));
    this.slow = createAverage(owner, "average", average, Math.max(fast, slow));
    this.reset();
  }

  /** Takes the next number; true once both averages have a value. */
  next(value: number): boolean {
    this.fast.next(value);
    this.slow.next(value);
    if (this.#wait === 0) return true;
    this.#wait -= 1;
    return false;
  }

  reset(): void {
    this.fast.reset();
    this.slow.reset();
    this.#wait = this.slow.warmup - 1;
  }
}
