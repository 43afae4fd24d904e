import type { Bar } from "../../domain/bar.ts";
import { Lag } from "../lag.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Rate of change as a ratio in percent: 100 where nothing has changed in `period` bars. */
export function rocr100(period = 10): Rocr100 {
  return new Rocr100(period);
}

/** See `rocr100`. It is 0 where the earlier number is. */
export class Rocr100 extends SeriesIndicator {
  readonly #lag: Lag;
  #wait = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("rocr100", "period", period) + 1);
    this.#lag = new Lag(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const before = this.#lag.push(value);
    if (this.#wait > 0) this.#wait -= 1;
    else this.current[0] = before === 0 ? 0 : (value / before) * 100;
  }

  override reset(): void {
    super.reset();
    this.#lag.reset();
    this.#wait = this.#lag.steps;
  }
}
