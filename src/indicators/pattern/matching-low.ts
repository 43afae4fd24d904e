import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Matching low: two black candles that close at the same price.
 *
 * The low was tried twice and held: support. Bullish after a fall.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function matchingLow(settings: CandleSettings = {}): CandlePattern {
  return new MatchingLow({ name: "matchingLow", candles: 2, settings });
}

class MatchingLow extends CandlePattern {
  readonly #equal = this.limit("equal", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    if (candles.isWhite(first) || candles.isWhite(row)) return 0;
    const close = candles.close(row);
    const before = candles.close(first);
    const equal = this.#equal.at(row);
    return close <= before + equal && close >= before - equal ? 100 : 0;
  }
}
