import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Homing pigeon: a long black candle, then a short black body inside it: a harami of one colour.
 *
 * The fall is losing its breath; bullish after a fall.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function homingPigeon(settings: CandleSettings = {}): CandlePattern {
  return new HomingPigeon({ name: "homingPigeon", candles: 2, settings });
}

class HomingPigeon extends CandlePattern {
  readonly #long = this.limit("bodyLong", 1);
  readonly #short = this.limit("bodyShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    const isPigeon =
      candles.isBlack(first) &&
      candles.isBlack(row) &&
      candles.body(first) > this.#long.at(row) &&
      candles.body(row) <= this.#short.at(row) &&
      candles.open(row) < candles.open(first) &&
      candles.close(row) > candles.close(first);
    return isPigeon ? 100 : 0;
  }
}
