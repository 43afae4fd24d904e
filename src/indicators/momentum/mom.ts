import type { Bar } from "../../domain/bar.ts";
import { Lag } from "../lag.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Momentum: the number minus the one `period` bars ago. */
export function mom(period = 10): Mom {
  return new Mom(period);
}

/** See `mom`. */
export class Mom extends SeriesIndicator {
  readonly #lag: Lag;
  #wait = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("mom", "period", period) + 1);
    this.#lag = new Lag(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const before = this.#lag.push(value);
    if (this.#wait > 0) this.#wait -= 1;
    else this.current[0] = value - before;
  }

  override reset(): void {
    super.reset();
    this.#lag.reset();
    this.#wait = this.#lag.steps;
  }
}
