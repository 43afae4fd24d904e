import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Separating lines: a candle, then a belt hold of the other colour from the same open.
 *
 * The market went back to where it started and left the other way: the trend before the first candle goes on.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function separatingLines(settings: CandleSettings = {}): CandlePattern {
  return new SeparatingLines({ name: "separatingLines", candles: 2, settings });
}

class SeparatingLines extends CandlePattern {
  readonly #veryShort = this.limit("shadowVeryShort", 0);
  readonly #long = this.limit("bodyLong", 0);
  readonly #equal = this.limit("equal", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    if (candles.isWhite(first) === candles.isWhite(row)) return 0;
    const open = candles.open(row);
    const before = candles.open(first);
    const equal = this.#equal.at(row);
    const isLongFromThere = open <= before + equal && open >= before - equal && candles.body(row) > this.#long.at(row);
    if (!isLongFromThere) return 0;
    const firstShadow = candles.isWhite(row) ? candles.lowerShadow(row) : candles.upperShadow(row);
    return firstShadow < this.#veryShort.at(row) ? 100 * candles.color(row) : 0;
  }
}
