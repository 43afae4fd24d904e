import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { Atr } from "../volatility/atr.ts";

export type SupertrendLine = "value" | "direction";

export interface SupertrendOptions {
  /** Average true ranges from the bar's middle to the band. @default 3 */
  readonly multiplier?: number;
}

/**
 * Supertrend (Seban): a band some average true ranges below the bar's middle that only rises, until a close at or below it turns
 * the trend, then one above that only falls. `direction` is 1 while the band is below the price and −1 while it is above.
 *
 * The average true range is TA-Lib's and starts with the second bar; TradingView counts the first bar's range as well, so the
 * two differ slightly for the first bars and grow equal.
 */
export function supertrend(period = 10, options: SupertrendOptions = {}): Supertrend {
  return new Supertrend(period, options);
}

/** See `supertrend`. The first direction is that of the close from the bar's middle, as in Skender's library. */
export class Supertrend extends BarIndicator<SupertrendLine> {
  readonly #multiplier: number;
  readonly #range: Atr;
  #upper = NaN;
  #lower = NaN;
  #isRising = true;
  #previousClose = NaN;
  #wait = 0;

  constructor(period: number, { multiplier = 3 }: SupertrendOptions = {}) {
    super(["value", "direction"], wholeNumber("supertrend", "period", period) + 1);
    this.#multiplier = realNumber("supertrend", "multiplier", multiplier, { min: 0.01, max: 1_000 });
    this.#range = new Atr(period);
    this.reset();
  }

  get direction(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    const { high, low, close } = bar;
    const previousClose = this.#previousClose;
    this.#previousClose = close;
    this.#range.update(bar);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const middle = (high + low) / 2;
    const width = this.#multiplier * this.#range.value;
    const isFirst = Number.isNaN(this.#upper);
    if (isFirst) this.#isRising = close >= middle;
    if (isFirst || middle + width < this.#upper || previousClose > this.#upper) this.#upper = middle + width;
    if (isFirst || middle - width > this.#lower || previousClose < this.#lower) this.#lower = middle - width;
    this.#isRising = close > (this.#isRising ? this.#lower : this.#upper);
    this.current[0] = this.#isRising ? this.#lower : this.#upper;
    this.current[1] = this.#isRising ? 1 : -1;
  }

  override reset(): void {
    super.reset();
    this.#range.reset();
    this.#upper = NaN;
    this.#lower = NaN;
    this.#isRising = true;
    this.#previousClose = NaN;
    this.#wait = this.#range.warmup - 1;
  }
}
