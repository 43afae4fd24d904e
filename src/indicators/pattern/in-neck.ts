import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * In-neck: a long black candle, then a white one that opens below its low and closes at its close or barely above.
 *
 * The bounce did not get into the body: the fall goes on. Bearish.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function inNeck(settings: CandleSettings = {}): CandlePattern {
  return new InNeck({ name: "inNeck", candles: 2, settings });
}

class InNeck extends CandlePattern {
  readonly #equal = this.limit("equal", 1);
  readonly #long = this.limit("bodyLong", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    const isInNeck =
      candles.isBlack(first) &&
      candles.body(first) > this.#long.at(row) &&
      candles.isWhite(row) &&
      candles.open(row) < candles.low(first) &&
      candles.close(row) <= candles.close(first) + this.#equal.at(row) &&
      candles.close(row) >= candles.close(first);
    return isInNeck ? -100 : 0;
  }
}
