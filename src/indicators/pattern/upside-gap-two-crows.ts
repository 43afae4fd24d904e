import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Upside gap two crows: a long white candle, a small black one that gaps up from it, then a black one that engulfs it
 * and still closes above the white one.
 *
 * Two failures above the gap; bearish after a rise.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function upsideGapTwoCrows(settings: CandleSettings = {}): CandlePattern {
  return new UpsideGapTwoCrows({ name: "upsideGapTwoCrows", candles: 3, settings });
}

class UpsideGapTwoCrows extends CandlePattern {
  readonly #long = this.limit("bodyLong", 2);
  readonly #short = this.limit("bodyShort", 1);

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
      candles.body(second) <= this.#short.at(row) &&
      candles.bodyGapsUp(second, first) &&
      candles.isBlack(row) &&
      candles.open(row) > candles.open(second) &&
      candles.close(row) < candles.close(second) &&
      candles.close(row) > candles.close(first);
    return areCrows ? -100 : 0;
  }
}
