import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Takuri: a dragonfly doji whose lower shadow is very long: "climbing a rope, hauling up".
 *
 * The market has felt for the ground with its hand and found it. 100 says only that it is there: what it means depends
 * on the trend.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function takuri(settings: CandleSettings = {}): CandlePattern {
  return new Takuri({ name: "takuri", candles: 1, settings });
}

class Takuri extends CandlePattern {
  readonly #doji = this.limit("bodyDoji", 0);
  readonly #veryShort = this.limit("shadowVeryShort", 0);
  readonly #veryLong = this.limit("shadowVeryLong", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isTakuri =
      candles.body(row) <= this.#doji.at(row) &&
      candles.upperShadow(row) < this.#veryShort.at(row) &&
      candles.lowerShadow(row) > this.#veryLong.at(row);
    return isTakuri ? 100 : 0;
  }
}
