import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Three black crows: after a white candle three black ones without lower shadows, each opening in the body before and
 * closing lower.
 *
 * A steady decline; bearish after a rise.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function threeBlackCrows(settings: CandleSettings = {}): CandlePattern {
  return new ThreeBlackCrows({ name: "threeBlackCrows", candles: 4, settings });
}

class ThreeBlackCrows extends CandlePattern {
  readonly #veryShortFirst = this.limit("shadowVeryShort", 2);
  readonly #veryShortSecond = this.limit("shadowVeryShort", 1);
  readonly #veryShortThird = this.limit("shadowVeryShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const white = row - 3;
    const first = row - 2;
    const second = row - 1;
    const areBlackAndShaven =
      candles.isWhite(white) &&
      candles.isBlack(first) &&
      candles.lowerShadow(first) < this.#veryShortFirst.at(row) &&
      candles.isBlack(second) &&
      candles.lowerShadow(second) < this.#veryShortSecond.at(row) &&
      candles.isBlack(row) &&
      candles.lowerShadow(row) < this.#veryShortThird.at(row);
    if (!areBlackAndShaven) return 0;
    const areFalling =
      candles.open(second) < candles.open(first) &&
      candles.open(second) > candles.close(first) &&
      candles.open(row) < candles.open(second) &&
      candles.open(row) > candles.close(second) &&
      candles.high(white) > candles.close(first) &&
      candles.close(first) > candles.close(second) &&
      candles.close(second) > candles.close(row);
    return areFalling ? -100 : 0;
  }
}
