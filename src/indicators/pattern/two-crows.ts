import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Two crows: a long white candle, a black one that gaps up from it, then a black one that opens in the second body and
 * closes in the first.
 *
 * The gap up did not hold; bearish after a rise.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function twoCrows(settings: CandleSettings = {}): CandlePattern {
  return new TwoCrows({ name: "twoCrows", candles: 3, settings });
}

class TwoCrows extends CandlePattern {
  readonly #long = this.limit("bodyLong", 2);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const areCrows =
      candles.isWhite(first) &&
      candles.body(first) > this.#long.at(row) &&
      candles.isBlack(second) &&
      candles.bodyGapsUp(second, first) &&
      candles.isBlack(row) &&
      candles.open(row) < candles.open(second) &&
      candles.open(row) > candles.close(second) &&
      candles.close(row) > candles.open(first) &&
      candles.close(row) < candles.close(first);
    return areCrows ? -100 : 0;
  }
}
