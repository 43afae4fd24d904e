import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Unique three river bottom: a long black candle, a black one inside its body with a lower low, then a short white one
 * that opens above that low.
 *
 * A rare bottom: the new low was rejected and is not tried again. Bullish after a fall.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function uniqueThreeRiver(settings: CandleSettings = {}): CandlePattern {
  return new UniqueThreeRiver({ name: "uniqueThreeRiver", candles: 3, settings });
}

class UniqueThreeRiver extends CandlePattern {
  readonly #long = this.limit("bodyLong", 2);
  readonly #short = this.limit("bodyShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const isRiver =
      candles.body(first) > this.#long.at(row) &&
      candles.isBlack(first) &&
      candles.isBlack(second) &&
      candles.close(second) > candles.close(first) &&
      candles.open(second) <= candles.open(first) &&
      candles.low(second) < candles.low(first) &&
      candles.body(row) < this.#short.at(row) &&
      candles.isWhite(row) &&
      candles.open(row) > candles.low(second);
    return isRiver ? 100 : 0;
  }
}
