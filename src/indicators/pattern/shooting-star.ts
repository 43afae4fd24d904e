import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Shooting star: a small body under a long upper shadow, with a gap up from the body before.
 *
 * The rise shot up and fell back to where it opened; bearish after a rise.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function shootingStar(settings: CandleSettings = {}): CandlePattern {
  return new ShootingStar({ name: "shootingStar", candles: 2, settings });
}

class ShootingStar extends CandlePattern {
  readonly #short = this.limit("bodyShort", 0);
  readonly #long = this.limit("shadowLong", 0);
  readonly #veryShort = this.limit("shadowVeryShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isStar =
      candles.body(row) < this.#short.at(row) &&
      candles.upperShadow(row) > this.#long.at(row) &&
      candles.lowerShadow(row) < this.#veryShort.at(row) &&
      candles.bodyGapsUp(row, row - 1);
    return isStar ? -100 : 0;
  }
}
