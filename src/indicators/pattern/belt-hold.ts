import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Belt hold: a long body that starts at the very end of its candle: a white one that opens at its low, or a black one
 * that opens at its high.
 *
 * One side held the market from the first trade on; said to turn a trend that ran the other way.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function beltHold(settings: CandleSettings = {}): CandlePattern {
  return new BeltHold({ name: "beltHold", candles: 1, settings });
}

class BeltHold extends CandlePattern {
  readonly #long = this.limit("bodyLong", 0);
  readonly #veryShort = this.limit("shadowVeryShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    if (!(candles.body(row) > this.#long.at(row))) return 0;
    const firstShadow = candles.isWhite(row) ? candles.lowerShadow(row) : candles.upperShadow(row);
    return firstShadow < this.#veryShort.at(row) ? 100 * candles.color(row) : 0;
  }
}
