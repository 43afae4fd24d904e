import type { Bar } from "../../domain/bar.ts";
import { Ema, type EmaOptions } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { StdDev } from "../statistics/stddev.ts";

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
  readonly #deviation: StdDev;
  readonly #up: Ema;
  readonly #down: Ema;
  #wait = 0;
  #previous = NaN;

  constructor(period: number, { deviationPeriod = 10, ...averages }: RelativeVolatilityOptions = {}) {
    wholeNumber("relativeVolatility", "deviationPeriod", deviationPeriod, { min: 2 });
    super(["value"], deviationPeriod + wholeNumber("relativeVolatility", "period", period) - 1);
    this.#deviation = new StdDev(deviationPeriod);
    this.#up = new Ema(period, averages);
    this.#down = new Ema(period, averages);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const move = value - this.#previous;
    this.#previous = value;
    this.#deviation.next(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const deviation = this.#deviation.value;
    const other = Number.isNaN(deviation) ? NaN : 0;
    this.#up.next(move > 0 ? deviation : other);
    this.#down.next(move < 0 ? deviation : other);
    const up = this.#up.value;
    const both = up + this.#down.value;
    this.current[0] = both === 0 ? 50 : 100 * (up / both);
  }

  override reset(): void {
    super.reset();
    this.#deviation.reset();
    this.#up.reset();
    this.#down.reset();
    this.#wait = this.#deviation.warmup - 1;
    this.#previous = NaN;
  }
}
