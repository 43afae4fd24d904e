import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { isRounding, meanOf } from "./deviations.ts";

/** R²: the share of the variance of the last `period` numbers that their least-squares line explains; 1 on a straight line. */
export function rSquared(period = 14): RSquared {
  return new RSquared(period);
}

/** See `rSquared`. A series that stands still leaves nothing to explain: 0. */
export class RSquared extends SeriesIndicator {
  readonly #window: RollingWindow;
  /** Sum of the squared distances of the places from their mean. */
  readonly #places: number;

  constructor(period: number) {
    super(["value"], wholeNumber("rSquared", "period", period, { min: 2 }));
    this.#window = new RollingWindow(period);
    this.#places = (period * (period * period - 1)) / 12;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#window.push(value)) this.#measure();
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
  }

  #measure(): void {
    const { values, start, end, period } = this.#window;
    const mean = meanOf(values, start, end);
    const middle = start + (period - 1) / 2;
    let squares = 0;
    let products = 0;
    for (let slot = start; slot < end; slot += 1) {
      const distance = (values[slot] as number) - mean;
      squares += distance * distance;
      products += distance * (slot - middle);
    }
    const share = (products * products) / this.#places / squares;
    this.current[0] = isRounding(squares, period, mean) ? 0 : share > 1 ? 1 : share;
  }
}
