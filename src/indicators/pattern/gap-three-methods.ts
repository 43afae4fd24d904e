import { CandlePattern } from "./candle-pattern.ts";

/**
 * Upside and downside gap three methods: two candles of one colour with a gap between them, then one of the other
 * colour from inside the second body to inside the first.
 *
 * The gap is filled by profit-taking and the market goes on in the direction of the first two.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function gapThreeMethods(): CandlePattern {
  return new GapThreeMethods({ name: "gapThreeMethods", candles: 3 });
}

class GapThreeMethods extends CandlePattern {
  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const isTurn =
      candles.isWhite(first) === candles.isWhite(second) &&
      candles.isWhite(second) !== candles.isWhite(row) &&
      candles.open(row) < candles.top(second) &&
      candles.open(row) > candles.bottom(second) &&
      candles.close(row) < candles.top(first) &&
      candles.close(row) > candles.bottom(first);
    if (!isTurn) return 0;
    const isGap = candles.isWhite(first) ? candles.bodyGapsUp(second, first) : candles.bodyGapsDown(second, first);
    return isGap ? 100 * candles.color(first) : 0;
  }
}
