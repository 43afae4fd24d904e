import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Long line: a long body with short shadows on both sides.
 *
 * One side had its way: white 100 is bullish, black −100 bearish.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function longLine(settings: CandleSettings = {}): CandlePattern {
  return new LongLine({ name: "longLine", candles: 1, settings });
}

class LongLine extends CandlePattern {
  readonly #long = this.limit("bodyLong", 0);
  readonly #short = this.limit("shadowShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isLongLine =
      candles.body(row) > this.#long.at(row) &&
      candles.upperShadow(row) < this.#short.at(row) &&
      candles.lowerShadow(row) < this.#short.at(row);
    return isLongLine ? 100 * candles.color(row) : 0;
  }
}
