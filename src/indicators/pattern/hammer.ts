import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Hammer: a small body at the top of a long lower shadow, at or below the low of the candle before.
 *
 * Sellers pressed on and were thrown back: the market hammers out a bottom. Bullish after a fall.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function hammer(settings: CandleSettings = {}): CandlePattern {
  return new Hammer({ name: "hammer", candles: 2, settings });
}

class Hammer extends CandlePattern {
  readonly #short = this.limit("bodyShort", 0);
  readonly #long = this.limit("shadowLong", 0);
  readonly #veryShort = this.limit("shadowVeryShort", 0);
  readonly #near = this.limit("near", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isHammer =
      candles.body(row) < this.#short.at(row) &&
      candles.lowerShadow(row) > this.#long.at(row) &&
      candles.upperShadow(row) < this.#veryShort.at(row) &&
      candles.bottom(row) <= candles.low(row - 1) + this.#near.at(row);
    return isHammer ? 100 : 0;
  }
}
