import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Stick sandwich: a white candle between two black ones that close at the same price; the white one trades above that
 * price only.
 *
 * The low was tried twice and held: support. Bullish after a fall.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function stickSandwich(settings: CandleSettings = {}): CandlePattern {
  return new StickSandwich({ name: "stickSandwich", candles: 3, settings });
}

class StickSandwich extends CandlePattern {
  readonly #equal = this.limit("equal", 2);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const isSandwich =
      candles.isBlack(first) && candles.isWhite(second) && candles.isBlack(row) && candles.low(second) > candles.close(first);
    if (!isSandwich) return 0;
    const equal = this.#equal.at(row);
    return candles.close(row) <= candles.close(first) + equal && candles.close(row) >= candles.close(first) - equal ? 100 : 0;
  }
}
