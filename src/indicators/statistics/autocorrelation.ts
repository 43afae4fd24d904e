import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { Lag } from "../lag.ts";
import { Correl } from "./correl.ts";

export interface AutocorrelationOptions {
  /** How many bars back each number is compared with. @default 1 */
  readonly lag?: number;
}

/**
 * Autocorrelation: Pearson's correlation of the last `period` numbers with those `lag` bars before each; above 0 moves go on,
 * below they turn back. Of returns it tells more than of prices: `autocorrelation(50).of(logReturn())`.
 */
export function autocorrelation(period = 30, options: AutocorrelationOptions = {}): Autocorrelation {
  return new Autocorrelation(period, options);
}

/** See `autocorrelation`. A series that stands still correlates with nothing: 0. */
export class Autocorrelation extends SeriesIndicator {
  readonly #lag: Lag;
  readonly #correlation: Correl;
  #wait = 0;

  constructor(period: number, { lag = 1 }: AutocorrelationOptions = {}) {
    super(
      ["value"],
      wholeNumber("autocorrelation", "period", period, { min: 2 }) + wholeNumber("autocorrelation", "lag", lag, { max: 10_000 }),
    );
    this.#lag = new Lag(lag);
    this.#correlation = new Correl(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const before = this.#lag.push(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.#correlation.next(value, before);
    this.current[0] = this.#correlation.value;
  }

  override reset(): void {
    super.reset();
    this.#lag.reset();
    this.#correlation.reset();
    this.#wait = this.#lag.steps;
  }
}
