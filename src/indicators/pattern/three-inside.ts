import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Three inside up and down: a harami, then a candle that closes beyond the open of the long first one.
 *
 * A harami that was confirmed: up is bullish after a fall, down bearish after a rise.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function threeInside(settings: CandleSettings = {}): CandlePattern {
  return new ThreeInside({ name: "threeInside", candles: 3, settings });
}

class ThreeInside extends CandlePattern {
  readonly #long = this.limit("bodyLong", 2);
  readonly #short = this.limit("bodyShort", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const isHarami =
      candles.body(first) > this.#long.at(row) &&
      candles.body(second) <= this.#short.at(row) &&
      candles.top(second) < candles.top(first) &&
      candles.bottom(second) > candles.bottom(first);
    if (!isHarami) return 0;
    const isConfirmed = candles.isWhite(first)
      ? candles.isBlack(row) && candles.close(row) < candles.open(first)
      : candles.isWhite(row) && candles.close(row) > candles.open(first);
    return isConfirmed ? -100 * candles.color(first) : 0;
  }
}
