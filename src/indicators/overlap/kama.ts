import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SeriesZero } from "../zero.ts";

/** Limits between which Kaufman's average adapts, as periods of exponential averages. */
export interface KamaOptions {
  /** @default 2 */
  readonly fast?: number;
  /** @default 30 */
  readonly slow?: number;
}

/** Kaufman's adaptive moving average: an exponential average that is quick in a straight move and slow in a noisy one. */
export function kama(period = 30, options: KamaOptions = {}): Kama {
  return new Kama(period, options);
}

/** See `kama`. The average starts from the number before the first full window. */
export class Kama extends SeriesIndicator {
  readonly #period: number;
  readonly #slowest: number;
  readonly #spread: number;
  readonly #window: Float64Array;
  readonly #zero = new SeriesZero();
  #slot = 0;
  #count = 0;
  #previous = NaN;
  #leaving = NaN;
  /** Sum of the moves of single steps within the window. */
  #noise = NaN;
  #average = NaN;

  constructor(period: number, { fast = 2, slow = 30 }: KamaOptions = {}) {
    super(["value"], wholeNumber("kama", "period", period, { min: 2 }) + 1);
    this.#period = period;
    this.#slowest = 2 / (wholeNumber("kama", "slow", slow) + 1);
    this.#spread = 2 / (wholeNumber("kama", "fast", fast) + 1) - this.#slowest;
    this.#window = new Float64Array(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const oldest = this.#window[this.#slot] as number;
    const previous = this.#previous;
    this.#window[this.#slot] = value;
    this.#slot = this.#slot + 1 === this.#period ? 0 : this.#slot + 1;
    this.#previous = value;
    this.#zero.see(value);
    if (this.#count <= this.#period) {
      this.#count += 1;
      if (this.#count === 1) return;
      this.#noise += Math.abs(previous - value);
      if (this.#count <= this.#period) return;
      this.#average = previous;
    } else {
      this.#noise -= Math.abs(this.#leaving - oldest);
      this.#noise += Math.abs(value - previous);
    }
    this.#leaving = oldest;
    const move = value - oldest;
    const isStraight = this.#noise <= move || this.#noise === 0 || Math.abs(this.#noise) < this.#zero.amount;
    const efficiency = isStraight ? 1 : Math.abs(move / this.#noise);
    const root = efficiency * this.#spread + this.#slowest;
    this.#average = (value - this.#average) * (root * root) + this.#average;
    this.current[0] = this.#average;
  }

  override reset(): void {
    super.reset();
    this.#zero.reset();
    this.#slot = 0;
    this.#count = 0;
    this.#previous = NaN;
    this.#leaving = NaN;
    this.#noise = 0;
    this.#average = NaN;
  }
}
