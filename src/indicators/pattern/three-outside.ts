import { CandlePattern } from "./candle-pattern.ts";

/**
 * Three outside up and down: an engulfing, then a candle that closes farther in its direction.
 *
 * An engulfing that was confirmed: up is bullish after a fall, down bearish after a rise.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function threeOutside(): CandlePattern {
  // TA-Lib leaves one bar more out than it needs.
  return new ThreeOutside({ name: "threeOutside", candles: 4 });
}

class ThreeOutside extends CandlePattern {
  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const isEngulfing =
      candles.isWhite(first) !== candles.isWhite(second) &&
      candles.top(second) > candles.top(first) &&
      candles.bottom(second) < candles.bottom(first);
    if (!isEngulfing) return 0;
    const isConfirmed = candles.isWhite(second) ? candles.close(row) > candles.close(second) : candles.close(row) < candles.close(second);
    return isConfirmed ? 100 * candles.color(second) : 0;
  }
}
