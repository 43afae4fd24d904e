import type { Bar } from "../../domain/bar.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

const STAGES = 6;

/** How much T3 overshoots to make up for lag. */
export interface T3Options {
  /** 0 (none) to 1. @default 0.7 */
  readonly volumeFactor?: number;
}

/** T3 (Tillson): a mixture of the third to the sixth exponential average of an average, smooth with little lag. */
export function t3(period = 5, options: T3Options = {}): T3 {
  return new T3(period, options);
}

/** See `t3`. Each of the six averages starts from the mean of the first `period` values of the one before. */
export class T3 extends SeriesIndicator {
  readonly #period: number;
  readonly #weight: number;
  readonly #averages = new Float64Array(STAGES);
  /** How much of each average goes into the mixture. */
  readonly #third: number;
  readonly #fourth: number;
  readonly #fifth: number;
  readonly #sixth: number;
  /** Number of averages that have started; the next one is collecting its first values. */
  #started = 0;
  #count = 0;
  #sum = NaN;

  constructor(period: number, { volumeFactor = 0.7 }: T3Options = {}) {
    super(["value"], STAGES * (wholeNumber("t3", "period", period, { min: 2 }) - 1) + 1);
    const factor = realNumber("t3", "volumeFactor", volumeFactor, { min: 0, max: 1 });
    this.#period = period;
    this.#weight = 2 / (period + 1);
    const square = factor * factor;
    this.#sixth = -(square * factor);
    this.#fifth = 3 * (square - this.#sixth);
    this.#fourth = -6 * square - 3 * (factor - this.#sixth);
    this.#third = 1 + 3 * factor - this.#sixth + 3 * square;
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const averages = this.#averages;
    const weight = this.#weight;
    let input = value;
    for (let stage = 0; stage < this.#started; stage += 1) {
      input = weight * input + (1 - weight) * (averages[stage] as number);
      averages[stage] = input;
    }
    if (this.#started < STAGES) this.#start(input);
    if (this.#started < STAGES) return;
    const sixth = this.#sixth * (averages[5] as number);
    const fifth = this.#fifth * (averages[4] as number);
    const fourth = this.#fourth * (averages[3] as number);
    this.current[0] = sixth + fifth + fourth + this.#third * (averages[2] as number);
  }

  override reset(): void {
    super.reset();
    this.#averages.fill(0);
    this.#started = 0;
    this.#count = 0;
    this.#sum = 0;
  }

  /** Collects the first values of the next average; the mean that starts it is the first value for the one after. */
  #start(value: number): void {
    this.#sum += value;
    this.#count += 1;
    if (this.#count < this.#period) return;
    const mean = this.#sum / this.#period;
    this.#averages[this.#started] = mean;
    this.#started += 1;
    this.#sum = mean;
    this.#count = 1;
  }
}
