import { CandlePattern } from "./candle-pattern.ts";
import type { PenetrationOptions } from "./candle-settings.ts";

/**
 * Dark cloud cover: a long white candle, then a black one that opens above its high and closes deep inside its body.
 *
 * Buyers started the day at a new high and lost half of the day before; said to end an uptrend.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function darkCloudCover({ penetration = 0.5, ...settings }: PenetrationOptions = {}): CandlePattern {
  return new DarkCloudCover({ name: "darkCloudCover", candles: 2, settings, penetration });
}

class DarkCloudCover extends CandlePattern {
  readonly #long = this.limit("bodyLong", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles, penetration } = this;
    const first = row - 1;
    const isCovered =
      candles.isWhite(first) &&
      candles.body(first) > this.#long.at(row) &&
      candles.isBlack(row) &&
      candles.open(row) > candles.high(first) &&
      candles.close(row) > candles.open(first) &&
      candles.close(row) < candles.close(first) - candles.body(first) * penetration;
    return isCovered ? -100 : 0;
  }
}
