import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Kicking: two marubozu of opposite colours with a gap between them, away from the first.
 *
 * The market was kicked the other way: the second candle tells where.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function kicking(settings: CandleSettings = {}): CandlePattern {
  return new Kicking({ name: "kicking", candles: 2, settings });
}

class Kicking extends CandlePattern {
  readonly #longFirst = this.limit("bodyLong", 1);
  readonly #longSecond = this.limit("bodyLong", 0);
  readonly #veryShortFirst = this.limit("shadowVeryShort", 1);
  readonly #veryShortSecond = this.limit("shadowVeryShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    if (candles.isWhite(first) === candles.isWhite(row)) return 0;
    const shavenFirst = this.#veryShortFirst.at(row);
    const shavenSecond = this.#veryShortSecond.at(row);
    const areMarubozu =
      candles.body(first) > this.#longFirst.at(row) &&
      candles.upperShadow(first) < shavenFirst &&
      candles.lowerShadow(first) < shavenFirst &&
      candles.body(row) > this.#longSecond.at(row) &&
      candles.upperShadow(row) < shavenSecond &&
      candles.lowerShadow(row) < shavenSecond;
    if (!areMarubozu) return 0;
    const isKicked = candles.isBlack(first) ? candles.gapsUp(row, first) : candles.gapsDown(row, first);
    return isKicked ? 100 * candles.color(row) : 0;
  }
}
