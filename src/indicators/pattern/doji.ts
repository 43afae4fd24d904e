import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Doji: a candle that closes where it opened, or as good as.
 *
 * Buyers and sellers are even. 100 says only that it is there: a doji alone is neither bullish nor bearish.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function doji(settings: CandleSettings = {}): CandlePattern {
  return new Doji({ name: "doji", candles: 1, settings });
}

class Doji extends CandlePattern {
  readonly #doji = this.limit("bodyDoji", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    return this.candles.body(row) <= this.#doji.at(row) ? 100 : 0;
  }
}
