import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Long-legged doji: a doji with at least one long shadow.
 *
 * Wide swings that led nowhere: uncertainty. 100 says only that it is there.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function longLeggedDoji(settings: CandleSettings = {}): CandlePattern {
  return new LongLeggedDoji({ name: "longLeggedDoji", candles: 1, settings });
}

class LongLeggedDoji extends CandlePattern {
  readonly #doji = this.limit("bodyDoji", 0);
  readonly #long = this.limit("shadowLong", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    if (!(candles.body(row) <= this.#doji.at(row))) return 0;
    const isLongLegged = candles.lowerShadow(row) > this.#long.at(row) || candles.upperShadow(row) > this.#long.at(row);
    return isLongLegged ? 100 : 0;
  }
}
