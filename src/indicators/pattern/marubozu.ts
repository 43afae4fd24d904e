import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Marubozu: a long body without shadows, shaven at both ends.
 *
 * One side held the market from open to close: white 100 is bullish, black −100 bearish.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function marubozu(settings: CandleSettings = {}): CandlePattern {
  return new Marubozu({ name: "marubozu", candles: 1, settings });
}

class Marubozu extends CandlePattern {
  readonly #long = this.limit("bodyLong", 0);
  readonly #veryShort = this.limit("shadowVeryShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isMarubozu =
      candles.body(row) > this.#long.at(row) &&
      candles.upperShadow(row) < this.#veryShort.at(row) &&
      candles.lowerShadow(row) < this.#veryShort.at(row);
    return isMarubozu ? 100 * candles.color(row) : 0;
  }
}
