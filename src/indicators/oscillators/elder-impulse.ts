import type { Bar } from "../../domain/bar.ts";
import { Ema } from "../overlap/ema.ts";
import { macd, type Macd } from "../momentum/macd.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Periods of the MACD. */
export interface ElderImpulseOptions {
  /** @default 12 */
  readonly fast?: number;
  /** @default 26 */
  readonly slow?: number;
  /** @default 9 */
  readonly signal?: number;
}

/**
 * Elder impulse: 1 (a green bar) when both an exponential average and the MACD histogram rise, −1 (red) when both fall, else 0
 * (blue).
 */
export function elderImpulse(period = 13, options: ElderImpulseOptions = {}): ElderImpulse {
  return new ElderImpulse(period, options);
}

/** See `elderImpulse`. */
export class ElderImpulse extends SeriesIndicator {
  readonly #average: Ema;
  readonly #macd: Macd;
  #wait = 0;
  #previousAverage = NaN;
  #previousHistogram = NaN;

  constructor(period: number, { fast = 12, slow = 26, signal = 9 }: ElderImpulseOptions = {}) {
    wholeNumber("elderImpulse", "fast", fast, { min: 2 });
    wholeNumber("elderImpulse", "slow", slow, { min: 2 });
    wholeNumber("elderImpulse", "signal", signal);
    const moves = macd({ fast, slow, signal });
    super(["value"], Math.max(wholeNumber("elderImpulse", "period", period), moves.warmup) + 1);
    this.#average = new Ema(period);
    this.#macd = moves;
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#average.next(value);
    this.#macd.next(value);
    const average = this.#average.value;
    const { histogram } = this.#macd;
    const trend = Math.sign(average - this.#previousAverage);
    const push = Math.sign(histogram - this.#previousHistogram);
    this.#previousAverage = average;
    this.#previousHistogram = histogram;
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.current[0] = Number.isNaN(trend + push) ? NaN : trend === push ? trend : 0;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
    this.#macd.reset();
    this.#previousAverage = NaN;
    this.#previousHistogram = NaN;
    this.#wait = Math.max(this.#average.warmup, this.#macd.warmup);
  }
}
