import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Ema, type EmaOptions } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";

export interface MassIndexOptions extends EmaOptions {
  /** Period of both exponential averages. @default 9 */
  readonly average?: number;
}

/**
 * Mass index (Dorsey): the exponential average of the bars' ranges over its own average, added up over `period` bars. Ranges
 * that widen lift it above `period`; Dorsey waits for it to cross 27 and fall back below 26.5.
 */
export function massIndex(period = 25, options: MassIndexOptions = {}): MassIndex {
  return new MassIndex(period, options);
}

/** See `massIndex`. Without any range the ratio counts as 1. */
export class MassIndex extends BarIndicator {
  readonly #single: Ema;
  readonly #double: Ema;
  readonly #ratios: RollingWindow;
  /** Bars still to pass before the first average stands, and then before the second does. */
  #singleWait = 0;
  #doubleWait = 0;

  constructor(period: number, { average = 9, ...averages }: MassIndexOptions = {}) {
    super(["value"], wholeNumber("massIndex", "period", period) + 2 * (wholeNumber("massIndex", "average", average) - 1));
    this.#single = new Ema(average, averages);
    this.#double = new Ema(average, averages);
    this.#ratios = new RollingWindow(period);
    this.reset();
  }

  update({ high, low }: Bar): void {
    this.#single.next(high - low);
    if (this.#singleWait > 0) {
      this.#singleWait -= 1;
      return;
    }
    this.#double.next(this.#single.value);
    if (this.#doubleWait > 0) {
      this.#doubleWait -= 1;
      return;
    }
    const double = this.#double.value;
    if (this.#ratios.push(double === 0 ? 1 : this.#single.value / double)) this.current[0] = this.#ratios.sum();
  }

  override reset(): void {
    super.reset();
    this.#single.reset();
    this.#double.reset();
    this.#ratios.reset();
    this.#singleWait = this.#single.warmup - 1;
    this.#doubleWait = this.#double.warmup - 1;
  }
}
