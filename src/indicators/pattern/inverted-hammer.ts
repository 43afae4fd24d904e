import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Inverted hammer: a small body under a long upper shadow, with a gap down from the body before.
 *
 * Buyers tried for the first time; bullish after a fall once the next candle agrees.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function invertedHammer(settings: CandleSettings = {}): CandlePattern {
  return new InvertedHammer({ name: "invertedHammer", candles: 2, settings });
}

class InvertedHammer extends CandlePattern {
  readonly #short = this.limit("bodyShort", 0);
  readonly #long = this.limit("shadowLong", 0);
  readonly #veryShort = this.limit("shadowVeryShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isInverted =
      candles.body(row) < this.#short.at(row) &&
      candles.upperShadow(row) > this.#long.at(row) &&
      candles.lowerShadow(row) < this.#veryShort.at(row) &&
      candles.bodyGapsDown(row, row - 1);
    return isInverted ? 100 : 0;
  }
}
