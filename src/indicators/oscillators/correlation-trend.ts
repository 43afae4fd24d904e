import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { isRounding, meanOf, squaresOf } from "../statistics/deviations.ts";

/** Correlation trend indicator (Ehlers): the correlation of the last `period` numbers with a rising line, −1 to 1; 0 where nothing moves. */
export function correlationTrend(period = 20): CorrelationTrend {
  return new CorrelationTrend(period);
}

/** See `correlationTrend`. */
export class CorrelationTrend extends SeriesIndicator {
  readonly #window: RollingWindow;
  /** Root of the sum of squared distances of the places from their mean. */
  readonly #spread: number;

  constructor(period: number) {
    super(["value"], wholeNumber("correlationTrend", "period", period, { min: 2 }));
    this.#window = new RollingWindow(period);
    this.#spread = Math.sqrt((period * (period * period - 1)) / 12);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#window.push(value)) return;
    const { values, start, end, period } = this.#window;
    const squares = squaresOf(values, start, end);
    if (isRounding(squares, period, value)) {
      this.current[0] = 0;
      return;
    }
    const mean = meanOf(values, start, end);
    let products = 0;
    for (let place = 0; place < period; place += 1) products += (place - (period - 1) / 2) * ((values[start + place] as number) - mean);
    const correlation = products / Math.sqrt(squares) / this.#spread;
    this.current[0] = correlation > 1 ? 1 : correlation < -1 ? -1 : correlation;
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
  }
}
