import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Tasuki gap: a candle beyond a gap, then one of the other colour and like size that opens in its body and closes in
 * the gap without filling it.
 *
 * The gap holds: the market goes on in its direction.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function tasukiGap(settings: CandleSettings = {}): CandlePattern {
  return new TasukiGap({ name: "tasukiGap", candles: 3, settings });
}

class TasukiGap extends CandlePattern {
  readonly #near = this.limit("near", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const isUp = candles.isWhite(second);
    if (isUp === candles.isWhite(row)) return 0;
    const isInGap = isUp
      ? candles.bodyGapsUp(second, first) &&
        candles.open(row) < candles.close(second) &&
        candles.open(row) > candles.open(second) &&
        candles.close(row) < candles.open(second) &&
        candles.close(row) > candles.top(first)
      : candles.bodyGapsDown(second, first) &&
        candles.open(row) < candles.open(second) &&
        candles.open(row) > candles.close(second) &&
        candles.close(row) > candles.open(second) &&
        candles.close(row) < candles.bottom(first);
    if (!isInGap) return 0;
    const areAlike = Math.abs(candles.body(second) - candles.body(row)) < this.#near.at(row);
    return areAlike ? 100 * candles.color(second) : 0;
  }
}
