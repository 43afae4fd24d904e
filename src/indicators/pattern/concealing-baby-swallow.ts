import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Concealing baby swallow: four black candles: two marubozu, a third that gaps down with an upper shadow back into the
 * second body, and a fourth that swallows the third with its shadows.
 *
 * The last sellers are swallowed; bullish after a fall.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function concealingBabySwallow(settings: CandleSettings = {}): CandlePattern {
  return new ConcealingBabySwallow({ name: "concealingBabySwallow", candles: 4, settings });
}

class ConcealingBabySwallow extends CandlePattern {
  readonly #veryShortFirst = this.limit("shadowVeryShort", 3);
  readonly #veryShortSecond = this.limit("shadowVeryShort", 2);
  readonly #veryShortThird = this.limit("shadowVeryShort", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 3;
    const second = row - 2;
    const third = row - 1;
    if (candles.isWhite(first) || candles.isWhite(second) || candles.isWhite(third) || candles.isWhite(row)) return 0;
    const shavenFirst = this.#veryShortFirst.at(row);
    const shavenSecond = this.#veryShortSecond.at(row);
    const areMarubozu =
      candles.lowerShadow(first) < shavenFirst &&
      candles.upperShadow(first) < shavenFirst &&
      candles.lowerShadow(second) < shavenSecond &&
      candles.upperShadow(second) < shavenSecond;
    if (!areMarubozu) return 0;
    const isSwallowed =
      candles.bodyGapsDown(third, second) &&
      candles.upperShadow(third) > this.#veryShortThird.at(row) &&
      candles.high(third) > candles.close(second) &&
      candles.high(row) > candles.high(third) &&
      candles.low(row) < candles.low(third);
    return isSwallowed ? 100 : 0;
  }
}
