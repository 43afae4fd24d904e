import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * High wave: a short body between two very long shadows.
 *
 * The market has lost its direction. The sign is the candle's colour (white 100, black −100), not a forecast.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function highWave(settings: CandleSettings = {}): CandlePattern {
  return new HighWave({ name: "highWave", candles: 1, settings });
}

class HighWave extends CandlePattern {
  readonly #short = this.limit("bodyShort", 0);
  readonly #veryLong = this.limit("shadowVeryLong", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isHighWave =
      candles.body(row) < this.#short.at(row) &&
      candles.upperShadow(row) > this.#veryLong.at(row) &&
      candles.lowerShadow(row) > this.#veryLong.at(row);
    return isHighWave ? 100 * candles.color(row) : 0;
  }
}
