import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { LinearReg } from "../statistics/linearreg.ts";
import { RelativeVolatility } from "../volatility/relative-volatility.ts";

/** Periods of the relative volatility index. */
export interface InertiaOptions {
  /** @default 14 */
  readonly volatility?: number;
  /** @default 10 */
  readonly deviation?: number;
}

/** Inertia (Dorsey): the end of the regression line through the relative volatility index; above 50 the inertia is upwards. */
export function inertia(period = 20, options: InertiaOptions = {}): Inertia {
  return new Inertia(period, options);
}

/** See `inertia`. */
export class Inertia extends SeriesIndicator {
  readonly #volatility: RelativeVolatility;
  readonly #line: LinearReg;
  #wait = 0;

  constructor(period: number, { volatility = 14, deviation = 10 }: InertiaOptions = {}) {
    wholeNumber("inertia", "volatility", volatility);
    wholeNumber("inertia", "deviation", deviation, { min: 2 });
    const inner = new RelativeVolatility(volatility, { deviationPeriod: deviation });
    super(["value"], inner.warmup + wholeNumber("inertia", "period", period, { min: 2 }) - 1);
    this.#volatility = inner;
    this.#line = new LinearReg(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#volatility.next(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.#line.next(this.#volatility.value);
    this.current[0] = this.#line.value;
  }

  override reset(): void {
    super.reset();
    this.#volatility.reset();
    this.#line.reset();
    this.#wait = this.#volatility.warmup - 1;
  }
}
