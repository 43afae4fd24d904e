import type { Bar } from "../../domain/bar.ts";
import { Ema, type EmaOptions } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { squaresOf } from "../statistics/deviations.ts";

export interface RelativeVolatilityOptions extends EmaOptions {
  /** Numbers that each standard deviation is taken over. @default 10 */
  readonly deviationPeriod?: number;
}

/**
 * Relative volatility index (Dorsey, RVI): like the RSI, but with the standard deviation in place of the move: the share of it
 * that falls on rising bars, both sides averaged exponentially over `period` bars; 0 to 100.
 */
export function relativeVolatility(period = 14, options: RelativeVolatilityOptions = {}): RelativeVolatility {
  return new RelativeVolatility(period, options);
}

/** See `relativeVolatility`. A price that stands still leans to neither side: 50. */
export class RelativeVolatility extends SeriesIndicator {
  readonly #window: RollingWindow;
  readonly #up: Ema;
  readonly #down: Ema;
  #move = NaN;
  #previous = NaN;

  constructor(period: number, { deviationPeriod = 10, ...averages }: RelativeVolatilityOptions = {}) {
    wholeNumber("relativeVolatility", "deviationPeriod", deviationPeriod, { min: 2 });
    super(["value"], deviationPeriod + wholeNumber("relativeVolatility", "period", period) - 1);
    this.#window = new RollingWindow(deviationPeriod);
    this.#up = new Ema(period, averages);
    this.#down = new Ema(period, averages);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#move = value - this.#previous;
    this.#previous = value;
    if (this.#window.push(value)) this.#measure();
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
    this.#up.reset();
    this.#down.reset();
    this.#move = NaN;
    this.#previous = NaN;
  }

  #measure(): void {
    const { values, start, end, period } = this.#window;
    const deviation = Math.sqrt(squaresOf(values, start, end) / period);
    const other = Number.isNaN(deviation) ? Number.NaN : 0;
    this.#up.next(this.#move > 0 ? deviation : other);
    this.#down.next(this.#move < 0 ? deviation : other);
    const up = this.#up.value;
    const both = up + this.#down.value;
    this.current[0] = both === 0 ? 50 : 100 * (up / both);
  }
}
