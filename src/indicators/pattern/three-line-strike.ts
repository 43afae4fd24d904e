import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Three-line strike: three candles of one colour stepping in their direction, then one of the other colour that undoes
 * all three.
 *
 * A burst of profit-taking; the market is said to go on in the direction of the three.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function threeLineStrike(settings: CandleSettings = {}): CandlePattern {
  return new ThreeLineStrike({ name: "threeLineStrike", candles: 4, settings });
}

class ThreeLineStrike extends CandlePattern {
  readonly #nearFirst = this.limit("near", 3);
  readonly #nearSecond = this.limit("near", 2);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isWhite = candles.isWhite(row - 1);
    const haveColors = candles.isWhite(row - 3) === isWhite && candles.isWhite(row - 2) === isWhite && candles.isWhite(row) !== isWhite;
    if (!haveColors || !this.#areOrderly(row)) return 0;
    if (isWhite) return this.#strikesDown(row) ? 100 : 0;
    return this.#strikesUp(row) ? -100 : 0;
  }

  #areOrderly(row: number): boolean {
    const { candles } = this;
    const first = row - 3;
    const second = row - 2;
    const third = row - 1;
    const nearFirst = this.#nearFirst.at(row);
    const nearSecond = this.#nearSecond.at(row);
    return (
      candles.open(second) >= candles.bottom(first) - nearFirst &&
      candles.open(second) <= candles.top(first) + nearFirst &&
      candles.open(third) >= candles.bottom(second) - nearSecond &&
      candles.open(third) <= candles.top(second) + nearSecond
    );
  }

  #strikesDown(row: number): boolean {
    const { candles } = this;
    return (
      candles.close(row - 1) > candles.close(row - 2) &&
      candles.close(row - 2) > candles.close(row - 3) &&
      candles.open(row) > candles.close(row - 1) &&
      candles.close(row) < candles.open(row - 3)
    );
  }

  #strikesUp(row: number): boolean {
    const { candles } = this;
    return (
      candles.close(row - 1) < candles.close(row - 2) &&
      candles.close(row - 2) < candles.close(row - 3) &&
      candles.open(row) < candles.close(row - 1) &&
      candles.close(row) > candles.open(row - 3)
    );
  }
}
