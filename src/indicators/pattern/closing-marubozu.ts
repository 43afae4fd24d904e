import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Closing marubozu: a long body that ends at the very end of its candle: a white one that closes at its high, or a
 * black one that closes at its low.
 *
 * Buyers, or sellers, were still pressing at the close; said to go on in that direction.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function closingMarubozu(settings: CandleSettings = {}): CandlePattern {
  return new ClosingMarubozu({ name: "closingMarubozu", candles: 1, settings });
}

class ClosingMarubozu extends CandlePattern {
  readonly #long = this.limit("bodyLong", 0);
  readonly #veryShort = this.limit("shadowVeryShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    if (!(candles.body(row) > this.#long.at(row))) return 0;
    const lastShadow = candles.isWhite(row) ? candles.upperShadow(row) : candles.lowerShadow(row);
    return lastShadow < this.#veryShort.at(row) ? 100 * candles.color(row) : 0;
  }
}
