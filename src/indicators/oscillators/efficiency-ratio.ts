import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Efficiency ratio (Kaufman): the distance covered in `period` bars over the way travelled, 0 in noise to 1 in a line; 0 where nothing moves. */
export function efficiencyRatio(period = 10): EfficiencyRatio {
  return new EfficiencyRatio(period);
}

/** See `efficiencyRatio`. */
export class EfficiencyRatio extends SeriesIndicator {
  readonly #window: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("efficiencyRatio", "period", period, { max: 99_999 }) + 1);
    this.#window = new RollingWindow(period + 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#window.push(value)) return;
    const { values, start, end } = this.#window;
    let way = 0;
    for (let slot = start + 1; slot < end; slot += 1) way += Math.abs((values[slot] as number) - (values[slot - 1] as number));
    // Rounding may make the way of a straight line shorter than the line.
    this.current[0] = way === 0 ? 0 : Math.min(1, Math.abs(value - (values[start] as number)) / way);
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
  }
}
