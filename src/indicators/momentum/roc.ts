import type { Bar } from "../../domain/bar.ts";
import { Lag } from "../lag.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Rate of change: the change against the number `period` bars ago, in percent of it. */
export function roc(period = 10): Roc {
  return new Roc(period);
}

/** See `roc`. It is 0 where the earlier number is. */
export class Roc extends SeriesIndicator {
  readonly #lag: Lag;
  #wait = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("roc", "period", period) + 1);
    this.#lag = new Lag(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const before = this.#lag.push(value);
    if (this.#wait > 0) this.#wait -= 1;
    else this.current[0] = before === 0 ? 0 : (value / before - 1) * 100;
  }

  override reset(): void {
    super.reset();
    this.#lag.reset();
    this.#wait = this.#lag.steps;
  }
}
