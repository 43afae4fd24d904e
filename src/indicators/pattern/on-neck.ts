import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * On-neck: a long black candle, then a white one that opens below its low and closes at that low.
 *
 * The bounce did not even reach the body: the fall goes on. Bearish.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function onNeck(settings: CandleSettings = {}): CandlePattern {
  return new OnNeck({ name: "onNeck", candles: 2, settings });
}

class OnNeck extends CandlePattern {
  readonly #equal = this.limit("equal", 1);
  readonly #long = this.limit("bodyLong", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    const isBounce =
      candles.isBlack(first) && candles.body(first) > this.#long.at(row) && candles.isWhite(row) && candles.open(row) < candles.low(first);
    if (!isBounce) return 0;
    const equal = this.#equal.at(row);
    const isOnNeck = candles.close(row) <= candles.low(first) + equal && candles.close(row) >= candles.low(first) - equal;
    return isOnNeck ? -100 : 0;
  }
}
