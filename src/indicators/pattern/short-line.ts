import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Short line: a short body with short shadows on both sides.
 *
 * Little happened. The sign is the candle's colour (white 100, black −100), not a forecast.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function shortLine(settings: CandleSettings = {}): CandlePattern {
  return new ShortLine({ name: "shortLine", candles: 1, settings });
}

class ShortLine extends CandlePattern {
  readonly #short = this.limit("bodyShort", 0);
  readonly #shortShadow = this.limit("shadowShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isShortLine =
      candles.body(row) < this.#short.at(row) &&
      candles.upperShadow(row) < this.#shortShadow.at(row) &&
      candles.lowerShadow(row) < this.#shortShadow.at(row);
    return isShortLine ? 100 * candles.color(row) : 0;
  }
}
