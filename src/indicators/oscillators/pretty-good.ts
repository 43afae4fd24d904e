import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Ema } from "../overlap/ema.ts";
import { Sma } from "../overlap/sma.ts";
import { wholeNumber } from "../parameters.ts";
import { trueRange } from "../volatility/atr.ts";

/** Pretty good oscillator (Mark Johnson): how far the close is from its simple average, in exponentially averaged true ranges; 0 without range. */
export function prettyGood(period = 14): PrettyGood {
  return new PrettyGood(period);
}

/** See `prettyGood`. */
export class PrettyGood extends BarIndicator {
  readonly #average: Sma;
  readonly #range: Ema;
  #previousClose = NaN;
  #count = 0;

  constructor(period: number) {
    super(["value"], wholeNumber("prettyGood", "period", period) + 1);
    this.#average = new Sma(period);
    this.#range = new Ema(period);
  }

  update({ high, low, close }: Bar): void {
    const previousClose = this.#previousClose;
    this.#previousClose = close;
    this.#average.next(close);
    if (this.#count < this.warmup) this.#count += 1;
    if (this.#count === 1) return;
    this.#range.next(trueRange(high, low, previousClose));
    const range = this.#range.value;
    this.current[0] = range === 0 ? 0 : (close - this.#average.value) / range;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
    this.#range.reset();
    this.#previousClose = NaN;
    this.#count = 0;
  }
}
