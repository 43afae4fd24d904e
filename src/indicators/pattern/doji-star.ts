import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Doji star: a long candle, then a doji whose body leaves a gap in the candle's direction.
 *
 * The trend has jumped on and stalled. After a white candle it is bearish, after a black one bullish.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function dojiStar(settings: CandleSettings = {}): CandlePattern {
  return new DojiStar({ name: "dojiStar", candles: 2, settings });
}

class DojiStar extends CandlePattern {
  readonly #long = this.limit("bodyLong", 1);
  readonly #doji = this.limit("bodyDoji", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    const isLongThenDoji = candles.body(first) > this.#long.at(row) && candles.body(row) <= this.#doji.at(row);
    if (!isLongThenDoji) return 0;
    const isStar = candles.isWhite(first) ? candles.bodyGapsUp(row, first) : candles.bodyGapsDown(row, first);
    return isStar ? -100 * candles.color(first) : 0;
  }
}
