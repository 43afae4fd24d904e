import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Tristar: three doji in a row, the middle one gapping away from the first and the third not going beyond it.
 *
 * The trend has lost all force: with the middle one below bullish, above bearish.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function tristar(settings: CandleSettings = {}): CandlePattern {
  return new Tristar({ name: "tristar", candles: 3, settings });
}

class Tristar extends CandlePattern {
  readonly #doji = this.limit("bodyDoji", 2);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const doji = this.#doji.at(row);
    const areDoji = candles.body(first) <= doji && candles.body(second) <= doji && candles.body(row) <= doji;
    if (!areDoji) return 0;
    if (candles.bodyGapsUp(second, first) && candles.top(row) < candles.top(second)) return -100;
    return candles.bodyGapsDown(second, first) && candles.bottom(row) > candles.bottom(second) ? 100 : 0;
  }
}
