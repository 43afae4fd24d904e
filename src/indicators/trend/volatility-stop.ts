import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { Atr } from "../volatility/atr.ts";

export type VolatilityStopLine = "value" | "direction";

export interface VolatilityStopOptions {
  /** Average true ranges from the extreme close to the stop. @default 3 */
  readonly multiplier?: number;
}

/**
 * Volatility stop (Wilder's volatility system): a stop some average true ranges behind the best close since the position was
 * turned. A close beyond the stop turns the position. `direction` is 1 while it is long and −1 while it is short.
 *
 * The average true range is that of the bar before, so the stop of a bar is known when it opens. The first direction follows
 * from the closes of the first `period` bars, as in Skender's library, which however hides the values before the first turn.
 */
export function volatilityStop(period = 7, options: VolatilityStopOptions = {}): VolatilityStop {
  return new VolatilityStop(period, options);
}

/** See `volatilityStop`. */
export class VolatilityStop extends BarIndicator<VolatilityStopLine> {
  readonly #multiplier: number;
  readonly #period: number;
  readonly #range: Atr;
  #count = 0;
  #isLong = true;
  #firstClose = NaN;
  /** Highest and lowest close while the first direction is open. */
  #highest = NaN;
  #lowest = NaN;
  /** The best close since the last turn. */
  #best = NaN;

  constructor(period: number, { multiplier = 3 }: VolatilityStopOptions = {}) {
    super(["value", "direction"], wholeNumber("volatilityStop", "period", period) + 2);
    this.#multiplier = realNumber("volatilityStop", "multiplier", multiplier, { min: 0.01, max: 1_000 });
    this.#period = period;
    this.#range = new Atr(period);
    this.reset();
  }

  get direction(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    const { close } = bar;
    const range = this.#range.value;
    this.#range.update(bar);
    if (this.#count <= this.#period) {
      this.#count += 1;
      this.#warmUp(close);
      return;
    }
    const distance = this.#multiplier * range;
    const stop = this.#isLong ? this.#best - distance : this.#best + distance;
    const isTurn = this.#isLong ? close < stop : close > stop;
    if (isTurn) {
      this.#isLong = !this.#isLong;
      this.#best = close;
    } else {
      this.#best = this.#isLong ? Math.max(this.#best, close) : Math.min(this.#best, close);
    }
    this.current[0] = stop;
    this.current[1] = this.#isLong ? 1 : -1;
  }

  override reset(): void {
    super.reset();
    this.#range.reset();
    this.#count = 0;
    this.#isLong = true;
    this.#firstClose = NaN;
    this.#highest = -Infinity;
    this.#lowest = Infinity;
    this.#best = NaN;
  }

  #warmUp(close: number): void {
    if (this.#count === 1) this.#firstClose = close;
    this.#highest = Math.max(this.#highest, close);
    this.#lowest = Math.min(this.#lowest, close);
    if (this.#count === this.#period) this.#isLong = close > this.#firstClose;
    if (this.#count === this.#period + 1) this.#best = this.#isLong ? this.#highest : this.#lowest;
  }
}
