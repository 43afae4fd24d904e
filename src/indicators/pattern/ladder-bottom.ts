import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Ladder bottom: three black candles stepping down, a fourth black one with an upper shadow, then a white one that
 * opens above its body and closes above its high.
 *
 * The first try of the buyers is followed by a second that succeeds; bullish after a fall.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function ladderBottom(settings: CandleSettings = {}): CandlePattern {
  return new LadderBottom({ name: "ladderBottom", candles: 5, settings });
}

class LadderBottom extends CandlePattern {
  readonly #veryShort = this.limit("shadowVeryShort", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const areStepping =
      candles.isBlack(row - 4) &&
      candles.isBlack(row - 3) &&
      candles.isBlack(row - 2) &&
      candles.open(row - 4) > candles.open(row - 3) &&
      candles.open(row - 3) > candles.open(row - 2) &&
      candles.close(row - 4) > candles.close(row - 3) &&
      candles.close(row - 3) > candles.close(row - 2);
    if (!areStepping) return 0;
    const fourth = row - 1;
    const isBottom =
      candles.isBlack(fourth) &&
      candles.upperShadow(fourth) > this.#veryShort.at(row) &&
      candles.isWhite(row) &&
      candles.open(row) > candles.open(fourth) &&
      candles.close(row) > candles.high(fourth);
    return isBottom ? 100 : 0;
  }
}
