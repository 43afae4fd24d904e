import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Piercing line: a long black candle, then a long white one that opens below its low and closes above the middle of its
 * body.
 *
 * Sellers started the day at a new low and lost half of the day before; said to end a fall.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function piercing(settings: CandleSettings = {}): CandlePattern {
  return new Piercing({ name: "piercing", candles: 2, settings });
}

class Piercing extends CandlePattern {
  readonly #longFirst = this.limit("bodyLong", 1);
  readonly #longSecond = this.limit("bodyLong", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    const isPiercing =
      candles.isBlack(first) &&
      candles.body(first) > this.#longFirst.at(row) &&
      candles.isWhite(row) &&
      candles.body(row) > this.#longSecond.at(row) &&
      candles.open(row) < candles.low(first) &&
      candles.close(row) < candles.open(first) &&
      candles.close(row) > candles.close(first) + candles.body(first) * 0.5;
    return isPiercing ? 100 : 0;
  }
}
