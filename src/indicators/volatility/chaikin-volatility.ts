import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Lag } from "../lag.ts";
import { Ema, type EmaOptions } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";

export interface ChaikinVolatilityOptions extends EmaOptions {
  /** How many bars back the average is compared with. @default 10 */
  readonly change?: number;
}

/** Chaikin volatility: by how many percent the exponential average of the bars' ranges differs from what it was some bars ago. */
export function chaikinVolatility(period = 10, options: ChaikinVolatilityOptions = {}): ChaikinVolatility {
  return new ChaikinVolatility(period, options);
}

/** Averages below this have faded away after the last bar with a range. */
const FADED = 1e-200;

/** See `chaikinVolatility`. Where there was no range to compare with, it is 0. */
export class ChaikinVolatility extends BarIndicator {
  readonly #average: Ema;
  readonly #lag: Lag;

  constructor(period: number, { change = 10, ...averages }: ChaikinVolatilityOptions = {}) {
    super(["value"], wholeNumber("chaikinVolatility", "period", period) + wholeNumber("chaikinVolatility", "change", change));
    this.#average = new Ema(period, averages);
    this.#lag = new Lag(change);
  }

  update({ high, low }: Bar): void {
    this.#average.next(high - low);
    const average = this.#average.value;
    const before = this.#lag.push(average);
    this.current[0] = before < FADED ? 0 : (100 * (average - before)) / before;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
    this.#lag.reset();
  }
}
