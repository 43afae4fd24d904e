import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Gapping side-by-side white lines: two white candles side by side, of like size and with one open, both beyond a gap
 * from the candle before.
 *
 * The gap holds: the market goes on in its direction.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function gapSideBySideWhite(settings: CandleSettings = {}): CandlePattern {
  return new GapSideBySideWhite({ name: "gapSideBySideWhite", candles: 3, settings });
}

class GapSideBySideWhite extends CandlePattern {
  readonly #near = this.limit("near", 1);
  readonly #equal = this.limit("equal", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const isUp = candles.bodyGapsUp(second, first);
    const isGap = isUp ? candles.bodyGapsUp(row, first) : candles.bodyGapsDown(second, first) && candles.bodyGapsDown(row, first);
    if (!isGap || candles.isBlack(second) || candles.isBlack(row)) return 0;
    const near = this.#near.at(row);
    const equal = this.#equal.at(row);
    const areAlike =
      candles.body(row) >= candles.body(second) - near &&
      candles.body(row) <= candles.body(second) + near &&
      candles.open(row) >= candles.open(second) - equal &&
      candles.open(row) <= candles.open(second) + equal;
    return areAlike ? (isUp ? 100 : -100) : 0;
  }
}
