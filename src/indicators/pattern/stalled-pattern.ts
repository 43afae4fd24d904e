import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Stalled pattern: two long white candles, then a small white one that rides on the shoulder of the second.
 *
 * Deliberation: the advance has come to a halt; bearish after a rise.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function stalledPattern(settings: CandleSettings = {}): CandlePattern {
  return new StalledPattern({ name: "stalledPattern", candles: 3, settings });
}

class StalledPattern extends CandlePattern {
  readonly #longFirst = this.limit("bodyLong", 2);
  readonly #longSecond = this.limit("bodyLong", 1);
  readonly #short = this.limit("bodyShort", 0);
  readonly #veryShort = this.limit("shadowVeryShort", 1);
  readonly #nearFirst = this.limit("near", 2);
  readonly #nearSecond = this.limit("near", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const areWhiteAndRising =
      candles.isWhite(first) &&
      candles.isWhite(second) &&
      candles.isWhite(row) &&
      candles.close(row) > candles.close(second) &&
      candles.close(second) > candles.close(first);
    if (!areWhiteAndRising) return 0;
    const isStalled =
      candles.body(first) > this.#longFirst.at(row) &&
      candles.body(second) > this.#longSecond.at(row) &&
      candles.upperShadow(second) < this.#veryShort.at(row) &&
      candles.open(second) > candles.open(first) &&
      candles.open(second) <= candles.close(first) + this.#nearFirst.at(row) &&
      candles.body(row) < this.#short.at(row) &&
      candles.open(row) >= candles.close(second) - candles.body(row) - this.#nearSecond.at(row);
    return isStalled ? -100 : 0;
  }
}
