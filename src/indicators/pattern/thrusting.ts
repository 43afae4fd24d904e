import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Thrusting: a long black candle, then a white one that opens below its low and closes inside its body, but not above
 * the middle.
 *
 * The bounce was too weak for a piercing line: the fall goes on. Bearish.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function thrusting(settings: CandleSettings = {}): CandlePattern {
  return new Thrusting({ name: "thrusting", candles: 2, settings });
}

class Thrusting extends CandlePattern {
  readonly #equal = this.limit("equal", 1);
  readonly #long = this.limit("bodyLong", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    const isThrust =
      candles.isBlack(first) &&
      candles.body(first) > this.#long.at(row) &&
      candles.isWhite(row) &&
      candles.open(row) < candles.low(first) &&
      candles.close(row) > candles.close(first) + this.#equal.at(row) &&
      candles.close(row) <= candles.close(first) + candles.body(first) * 0.5;
    return isThrust ? -100 : 0;
  }
}
