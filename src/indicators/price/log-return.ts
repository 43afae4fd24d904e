import type { Bar } from "../../domain/bar.ts";
import { Lag } from "../lag.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Logarithmic return over `period` bars: the natural logarithm of what the price has been multiplied by. Log prices are `ln`. */
export function logReturn(period = 1): LogReturn {
  return new LogReturn(period);
}

/** See `logReturn`. A number that is not positive has no logarithm: NaN, then and `period` bars later. */
export class LogReturn extends SeriesIndicator {
  readonly #lag: Lag;

  constructor(period: number) {
    super(["value"], wholeNumber("logReturn", "period", period) + 1);
    this.#lag = new Lag(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const before = this.#lag.push(value);
    this.current[0] = value > 0 && before > 0 ? Math.log(value / before) : Number.NaN;
  }

  override reset(): void {
    super.reset();
    this.#lag.reset();
  }
}
