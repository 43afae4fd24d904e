import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Identical three crows: three black candles without lower shadows, each opening where the one before closed and
 * closing lower.
 *
 * Selling feeds on itself; bearish after a rise.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function identicalThreeCrows(settings: CandleSettings = {}): CandlePattern {
  return new IdenticalThreeCrows({ name: "identicalThreeCrows", candles: 3, settings });
}

class IdenticalThreeCrows extends CandlePattern {
  readonly #veryShortFirst = this.limit("shadowVeryShort", 2);
  readonly #veryShortSecond = this.limit("shadowVeryShort", 1);
  readonly #veryShortThird = this.limit("shadowVeryShort", 0);
  readonly #equalFirst = this.limit("equal", 2);
  readonly #equalSecond = this.limit("equal", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const areBlackAndFalling =
      candles.isBlack(first) &&
      candles.isBlack(second) &&
      candles.isBlack(row) &&
      candles.close(first) > candles.close(second) &&
      candles.close(second) > candles.close(row);
    const areShaven =
      areBlackAndFalling &&
      candles.lowerShadow(first) < this.#veryShortFirst.at(row) &&
      candles.lowerShadow(second) < this.#veryShortSecond.at(row) &&
      candles.lowerShadow(row) < this.#veryShortThird.at(row);
    if (!areShaven) return 0;
    const equalFirst = this.#equalFirst.at(row);
    const equalSecond = this.#equalSecond.at(row);
    const areIdentical =
      candles.open(second) <= candles.close(first) + equalFirst &&
      candles.open(second) >= candles.close(first) - equalFirst &&
      candles.open(row) <= candles.close(second) + equalSecond &&
      candles.open(row) >= candles.close(second) - equalSecond;
    return areIdentical ? -100 : 0;
  }
}
