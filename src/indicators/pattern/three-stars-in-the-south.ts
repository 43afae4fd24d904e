import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Three stars in the south: three black candles that shrink: a long one with a long lower shadow, a smaller one with a
 * higher low, and a small marubozu inside its range.
 *
 * Each day the sellers get less far; bullish after a fall.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function threeStarsInTheSouth(settings: CandleSettings = {}): CandlePattern {
  return new ThreeStarsInTheSouth({ name: "threeStarsInTheSouth", candles: 3, settings });
}

class ThreeStarsInTheSouth extends CandlePattern {
  readonly #long = this.limit("bodyLong", 2);
  readonly #longShadow = this.limit("shadowLong", 2);
  readonly #veryShortSecond = this.limit("shadowVeryShort", 1);
  readonly #veryShortThird = this.limit("shadowVeryShort", 0);
  readonly #short = this.limit("bodyShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const areBlack = candles.isBlack(row - 2) && candles.isBlack(row - 1) && candles.isBlack(row);
    return areBlack && this.#isFirst(row) && this.#isSecond(row) && this.#isThird(row) ? 100 : 0;
  }

  #isFirst(row: number): boolean {
    const { candles } = this;
    const first = row - 2;
    return candles.body(first) > this.#long.at(row) && candles.lowerShadow(first) > this.#longShadow.at(row);
  }

  #isSecond(row: number): boolean {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    return (
      candles.body(second) < candles.body(first) &&
      candles.open(second) > candles.close(first) &&
      candles.open(second) <= candles.high(first) &&
      candles.low(second) < candles.close(first) &&
      candles.low(second) >= candles.low(first) &&
      candles.lowerShadow(second) > this.#veryShortSecond.at(row)
    );
  }

  #isThird(row: number): boolean {
    const { candles } = this;
    const second = row - 1;
    const veryShort = this.#veryShortThird.at(row);
    return (
      candles.body(row) < this.#short.at(row) &&
      candles.lowerShadow(row) < veryShort &&
      candles.upperShadow(row) < veryShort &&
      candles.low(row) > candles.low(second) &&
      candles.high(row) < candles.high(second)
    );
  }
}
