import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Gravestone doji: a doji at the bottom of its range: an upper shadow and no lower one, like an upturned T.
 *
 * Buyers drove the price up and lost all of it again. 100 says only that it is there: what it means depends on the
 * trend.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function gravestoneDoji(settings: CandleSettings = {}): CandlePattern {
  return new GravestoneDoji({ name: "gravestoneDoji", candles: 1, settings });
}

class GravestoneDoji extends CandlePattern {
  readonly #doji = this.limit("bodyDoji", 0);
  readonly #veryShort = this.limit("shadowVeryShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isGravestone =
      candles.body(row) <= this.#doji.at(row) &&
      candles.lowerShadow(row) < this.#veryShort.at(row) &&
      candles.upperShadow(row) > this.#veryShort.at(row);
    return isGravestone ? 100 : 0;
  }
}
