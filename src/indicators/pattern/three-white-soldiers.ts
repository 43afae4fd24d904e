import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Three white soldiers: three white candles with higher closes and no upper shadows, each opening within or near the
 * body before, none far smaller than the one before.
 *
 * A steady advance; bullish after a fall.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function threeWhiteSoldiers(settings: CandleSettings = {}): CandlePattern {
  return new ThreeWhiteSoldiers({ name: "threeWhiteSoldiers", candles: 3, settings });
}

class ThreeWhiteSoldiers extends CandlePattern {
  readonly #veryShortFirst = this.limit("shadowVeryShort", 2);
  readonly #veryShortSecond = this.limit("shadowVeryShort", 1);
  readonly #veryShortThird = this.limit("shadowVeryShort", 0);
  readonly #nearFirst = this.limit("near", 2);
  readonly #nearSecond = this.limit("near", 1);
  readonly #farFirst = this.limit("far", 2);
  readonly #farSecond = this.limit("far", 1);
  readonly #short = this.limit("bodyShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const areWhiteAndShaven =
      candles.isWhite(first) &&
      candles.upperShadow(first) < this.#veryShortFirst.at(row) &&
      candles.isWhite(second) &&
      candles.upperShadow(second) < this.#veryShortSecond.at(row) &&
      candles.isWhite(row) &&
      candles.upperShadow(row) < this.#veryShortThird.at(row);
    return areWhiteAndShaven && this.#doAdvance(row) && this.#areEven(row) ? 100 : 0;
  }

  #doAdvance(row: number): boolean {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    return (
      candles.close(row) > candles.close(second) &&
      candles.close(second) > candles.close(first) &&
      candles.open(second) > candles.open(first) &&
      candles.open(second) <= candles.close(first) + this.#nearFirst.at(row) &&
      candles.open(row) > candles.open(second) &&
      candles.open(row) <= candles.close(second) + this.#nearSecond.at(row)
    );
  }

  #areEven(row: number): boolean {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    return (
      candles.body(second) > candles.body(first) - this.#farFirst.at(row) &&
      candles.body(row) > candles.body(second) - this.#farSecond.at(row) &&
      candles.body(row) > this.#short.at(row)
    );
  }
}
