import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Rickshaw man: a long-legged doji with both shadows long and the body about the middle of the range.
 *
 * Wide swings both ways that led nowhere: uncertainty. 100 says only that it is there.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function rickshawMan(settings: CandleSettings = {}): CandlePattern {
  return new RickshawMan({ name: "rickshawMan", candles: 1, settings });
}

class RickshawMan extends CandlePattern {
  readonly #doji = this.limit("bodyDoji", 0);
  readonly #long = this.limit("shadowLong", 0);
  readonly #near = this.limit("near", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isLongLegged =
      candles.body(row) <= this.#doji.at(row) &&
      candles.lowerShadow(row) > this.#long.at(row) &&
      candles.upperShadow(row) > this.#long.at(row);
    if (!isLongLegged) return 0;
    const middle = candles.low(row) + candles.range(row) / 2;
    const near = this.#near.at(row);
    return candles.bottom(row) <= middle + near && candles.top(row) >= middle - near ? 100 : 0;
  }
}
