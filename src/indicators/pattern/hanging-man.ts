import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Hanging man: a hammer at the wrong place: a small body at the top of a long lower shadow, at or above the high of the
 * candle before.
 *
 * Late buyers saw the floor give way for a while. Bearish after a rise.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function hangingMan(settings: CandleSettings = {}): CandlePattern {
  return new HangingMan({ name: "hangingMan", candles: 2, settings });
}

class HangingMan extends CandlePattern {
  readonly #short = this.limit("bodyShort", 0);
  readonly #long = this.limit("shadowLong", 0);
  readonly #veryShort = this.limit("shadowVeryShort", 0);
  readonly #near = this.limit("near", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isHanging =
      candles.body(row) < this.#short.at(row) &&
      candles.lowerShadow(row) > this.#long.at(row) &&
      candles.upperShadow(row) < this.#veryShort.at(row) &&
      candles.bottom(row) >= candles.high(row - 1) - this.#near.at(row);
    return isHanging ? -100 : 0;
  }
}
