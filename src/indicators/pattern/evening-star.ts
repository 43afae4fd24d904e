import { CandlePattern } from "./candle-pattern.ts";
import type { PenetrationOptions } from "./candle-settings.ts";

/**
 * Evening star: a long white candle, a short body gapping up from it, then a black candle that closes deep inside the
 * first body.
 *
 * The rise hangs in the air and falls; bearish after a rise.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function eveningStar({ penetration = 0.3, ...settings }: PenetrationOptions = {}): CandlePattern {
  return new EveningStar({ name: "eveningStar", candles: 3, settings, penetration });
}

class EveningStar extends CandlePattern {
  readonly #long = this.limit("bodyLong", 2);
  readonly #small = this.limit("bodyShort", 1);
  readonly #short = this.limit("bodyShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles, penetration } = this;
    const first = row - 2;
    const second = row - 1;
    const isStar =
      candles.body(first) > this.#long.at(row) &&
      candles.isWhite(first) &&
      candles.body(second) <= this.#small.at(row) &&
      candles.bodyGapsUp(second, first) &&
      candles.body(row) > this.#short.at(row) &&
      candles.isBlack(row) &&
      candles.close(row) < candles.close(first) - candles.body(first) * penetration;
    return isStar ? -100 : 0;
  }
}
