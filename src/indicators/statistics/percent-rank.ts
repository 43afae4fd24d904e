import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Percent rank: how many percent of the `period` numbers before it are not above the number; 0 to 100, as on TradingView. */
export function percentRank(period = 100): PercentRank {
  return new PercentRank(period);
}

/** See `percentRank`. */
export class PercentRank extends SeriesIndicator {
  readonly #before: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("percentRank", "period", period) + 1);
    this.#before = new RollingWindow(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#before.isFull) this.current[0] = this.#rank(value);
    this.#before.push(value);
  }

  override reset(): void {
    super.reset();
    this.#before.reset();
  }

  #rank(value: number): number {
    const { values, start, end, period } = this.#before;
    let above = 0;
    let notAbove = 0;
    for (let slot = start; slot < end; slot += 1) {
      if ((values[slot] as number) <= value) notAbove += 1;
      else if ((values[slot] as number) > value) above += 1;
    }
    return above + notAbove === period ? (100 * notAbove) / period : Number.NaN;
  }
}
