import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Dragonfly doji: a doji at the top of its range: a lower shadow and no upper one, like a T.
 *
 * Sellers drove the price down and lost all of it again. 100 says only that it is there: what it means depends on the
 * trend.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function dragonflyDoji(settings: CandleSettings = {}): CandlePattern {
  return new DragonflyDoji({ name: "dragonflyDoji", candles: 1, settings });
}

class DragonflyDoji extends CandlePattern {
  readonly #doji = this.limit("bodyDoji", 0);
  readonly #veryShort = this.limit("shadowVeryShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isDragonfly =
      candles.body(row) <= this.#doji.at(row) &&
      candles.upperShadow(row) < this.#veryShort.at(row) &&
      candles.lowerShadow(row) > this.#veryShort.at(row);
    return isDragonfly ? 100 : 0;
  }
}
