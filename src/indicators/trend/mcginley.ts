import type { Bar } from "../../domain/bar.ts";
import { EMA_SEEDS, type EmaSeed } from "../overlap/ema.ts";
import { oneOf, realNumber, wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

export interface McGinleyOptions {
  /** Share of the period that counts: TradingView and LEAN take 1, McGinley himself advises 0.6. @default 1 */
  readonly factor?: number;
  /** "average" starts from the mean of the first `period` prices, as LEAN does; "first" from the first price, as Skender does. @default "average" */
  readonly seed?: EmaSeed;
}

/**
 * McGinley dynamic: an average that hurries after a falling price and takes its time with a rising one. It is
 * meant for prices, which are positive: any other number after the warm-up gives NaN and is passed over.
 */
export function mcginley(period = 14, options: McGinleyOptions = {}): McGinley {
  return new McGinley(period, options);
}

/** See `mcginley`. */
export class McGinley extends SeriesIndicator {
  readonly #period: number;
  readonly #divisor: number;
  readonly #seed: EmaSeed;
  #count = 0;
  #sum = NaN;
  #average = NaN;

  constructor(period: number, { factor = 1, seed = "average" }: McGinleyOptions = {}) {
    super(["value"], wholeNumber("mcginley", "period", period));
    this.#period = period;
    this.#divisor = period * realNumber("mcginley", "factor", factor, { min: 0.01, max: 10 });
    this.#seed = oneOf("mcginley", "seed", seed, EMA_SEEDS);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#count < this.#period) {
      this.#count += 1;
      this.#warmUp(value);
      if (this.#count === this.#period) this.current[0] = this.#average;
      return;
    }
    this.current[0] = this.#follow(value) ? this.#average : NaN;
  }

  override reset(): void {
    super.reset();
    this.#count = 0;
    this.#sum = 0;
    this.#average = NaN;
  }

  #warmUp(value: number): void {
    if (this.#seed === "first" && this.#count > 1) {
      this.#follow(value);
      return;
    }
    this.#sum += value;
    this.#average = this.#sum / this.#count;
  }

  /** Moves the average towards the price; false where there is no ratio between them. */
  #follow(value: number): boolean {
    const ratio = value / this.#average;
    if (!(ratio > 0)) return false;
    // A price that has collapsed would otherwise carry the average beyond itself.
    const share = Math.min(1, 1 / (this.#divisor * ratio ** 4));
    this.#average += share * (value - this.#average);
    return true;
  }
}
