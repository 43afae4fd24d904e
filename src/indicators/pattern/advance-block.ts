import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Advance block: three white candles with higher closes, each opening within or near the body before, that grow weaker:
 * smaller bodies or longer upper shadows.
 *
 * The advance runs into resistance; bearish after a rise.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function advanceBlock(settings: CandleSettings = {}): CandlePattern {
  return new AdvanceBlock({ name: "advanceBlock", candles: 3, settings });
}

class AdvanceBlock extends CandlePattern {
  readonly #shortShadowFirst = this.limit("shadowShort", 2);
  readonly #shortShadowSecond = this.limit("shadowShort", 1);
  readonly #shortShadowThird = this.limit("shadowShort", 0);
  readonly #longShadow = this.limit("shadowLong", 0);
  readonly #nearFirst = this.limit("near", 2);
  readonly #nearSecond = this.limit("near", 1);
  readonly #farFirst = this.limit("far", 2);
  readonly #farSecond = this.limit("far", 1);
  readonly #long = this.limit("bodyLong", 2);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    const areWhiteAndRising =
      candles.isWhite(first) &&
      candles.isWhite(second) &&
      candles.isWhite(row) &&
      candles.close(row) > candles.close(second) &&
      candles.close(second) > candles.close(first);
    return areWhiteAndRising && this.#isOrderly(row) && this.#isWeakening(row) ? -100 : 0;
  }

  #isOrderly(row: number): boolean {
    const { candles } = this;
    const first = row - 2;
    const second = row - 1;
    return (
      candles.open(second) > candles.open(first) &&
      candles.open(second) <= candles.close(first) + this.#nearFirst.at(row) &&
      candles.open(row) > candles.open(second) &&
      candles.open(row) <= candles.close(second) + this.#nearSecond.at(row) &&
      candles.body(first) > this.#long.at(row) &&
      candles.upperShadow(first) < this.#shortShadowFirst.at(row)
    );
  }

  #isWeakening(row: number): boolean {
    const { candles } = this;
    const second = row - 1;
    const bodyFirst = candles.body(row - 2);
    const bodySecond = candles.body(second);
    const body = candles.body(row);
    if (bodySecond < bodyFirst - this.#farFirst.at(row) && body < bodySecond + this.#nearSecond.at(row)) return true;
    if (body < bodySecond - this.#farSecond.at(row)) return true;
    if (!(body < bodySecond)) return false;
    const upperShadow = candles.upperShadow(row);
    const hasShadow = upperShadow > this.#shortShadowThird.at(row) || candles.upperShadow(second) > this.#shortShadowSecond.at(row);
    return (bodySecond < bodyFirst && hasShadow) || upperShadow > this.#longShadow.at(row);
  }
}
