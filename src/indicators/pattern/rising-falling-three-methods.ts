import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Rising and falling three methods: a long candle, three small ones of the other colour drifting back within its range,
 * then a long one of the first colour to a new close.
 *
 * A rest within the trend: rising is bullish, falling bearish.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function risingFallingThreeMethods(settings: CandleSettings = {}): CandlePattern {
  return new RisingFallingThreeMethods({ name: "risingFallingThreeMethods", candles: 5, settings });
}

class RisingFallingThreeMethods extends CandlePattern {
  readonly #longFirst = this.limit("bodyLong", 4);
  readonly #shortSecond = this.limit("bodyShort", 3);
  readonly #shortThird = this.limit("bodyShort", 2);
  readonly #shortFourth = this.limit("bodyShort", 1);
  readonly #longLast = this.limit("bodyLong", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const haveSizes =
      candles.body(row - 4) > this.#longFirst.at(row) &&
      candles.body(row - 3) < this.#shortSecond.at(row) &&
      candles.body(row - 2) < this.#shortThird.at(row) &&
      candles.body(row - 1) < this.#shortFourth.at(row) &&
      candles.body(row) > this.#longLast.at(row);
    if (!haveSizes) return 0;
    const isRising = candles.isWhite(row - 4);
    const haveColors =
      candles.isWhite(row - 3) !== isRising &&
      candles.isWhite(row - 2) !== isRising &&
      candles.isWhite(row - 1) !== isRising &&
      candles.isWhite(row) === isRising;
    if (!haveColors || !this.#areWithin(row)) return 0;
    return (isRising ? this.#doesRise(row) : this.#doesFall(row)) ? 100 * candles.color(row - 4) : 0;
  }

  /** Whether a part of each small body lies within the range of the first candle. */
  #areWithin(row: number): boolean {
    const { candles } = this;
    const high = candles.high(row - 4);
    const low = candles.low(row - 4);
    return (
      candles.bottom(row - 3) < high &&
      candles.top(row - 3) > low &&
      candles.bottom(row - 2) < high &&
      candles.top(row - 2) > low &&
      candles.bottom(row - 1) < high &&
      candles.top(row - 1) > low
    );
  }

  #doesRise(row: number): boolean {
    const { candles } = this;
    return (
      candles.close(row - 2) < candles.close(row - 3) &&
      candles.close(row - 1) < candles.close(row - 2) &&
      candles.open(row) > candles.close(row - 1) &&
      candles.close(row) > candles.close(row - 4)
    );
  }

  #doesFall(row: number): boolean {
    const { candles } = this;
    return (
      candles.close(row - 2) > candles.close(row - 3) &&
      candles.close(row - 1) > candles.close(row - 2) &&
      candles.open(row) < candles.close(row - 1) &&
      candles.close(row) < candles.close(row - 4)
    );
  }
}
