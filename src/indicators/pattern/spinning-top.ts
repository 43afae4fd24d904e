import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Spinning top: a short body between shadows that are both longer than it.
 *
 * A tug of war without a winner. The sign is the candle's colour (white 100, black −100), not a forecast.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function spinningTop(settings: CandleSettings = {}): CandlePattern {
  return new SpinningTop({ name: "spinningTop", candles: 1, settings });
}

class SpinningTop extends CandlePattern {
  readonly #short = this.limit("bodyShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const body = candles.body(row);
    const isTop = body < this.#short.at(row) && candles.upperShadow(row) > body && candles.lowerShadow(row) > body;
    return isTop ? 100 * candles.color(row) : 0;
  }
}
