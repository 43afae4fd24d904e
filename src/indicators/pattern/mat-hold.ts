import { CandlePattern } from "./candle-pattern.ts";
import type { PenetrationOptions } from "./candle-settings.ts";

/**
 * Mat hold: a long white candle, a small black one above a gap, two more small ones that drift back into the first body
 * but not deep, then a white one to a new high.
 *
 * A pause in which hardly anyone sold; the rise goes on. Bullish.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function matHold({ penetration = 0.5, ...settings }: PenetrationOptions = {}): CandlePattern {
  return new MatHold({ name: "matHold", candles: 5, settings, penetration });
}

class MatHold extends CandlePattern {
  readonly #long = this.limit("bodyLong", 4);
  readonly #shortSecond = this.limit("bodyShort", 3);
  readonly #shortThird = this.limit("bodyShort", 2);
  readonly #shortFourth = this.limit("bodyShort", 1);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const haveSizes =
      candles.body(row - 4) > this.#long.at(row) &&
      candles.body(row - 3) < this.#shortSecond.at(row) &&
      candles.body(row - 2) < this.#shortThird.at(row) &&
      candles.body(row - 1) < this.#shortFourth.at(row);
    if (!haveSizes) return 0;
    const haveColors = candles.isWhite(row - 4) && candles.isBlack(row - 3) && candles.isWhite(row);
    return haveColors && this.#isHeld(row) && this.#doesGoOn(row) ? 100 : 0;
  }

  /** Whether the small candles fall from above the gap into the first body, but not too deep. */
  #isHeld(row: number): boolean {
    const { candles, penetration } = this;
    const first = row - 4;
    const second = row - 3;
    const third = row - 2;
    const fourth = row - 1;
    const ceiling = candles.close(first);
    const floor = ceiling - candles.body(first) * penetration;
    return (
      candles.bodyGapsUp(second, first) &&
      candles.bottom(third) < ceiling &&
      candles.bottom(fourth) < ceiling &&
      candles.bottom(third) > floor &&
      candles.bottom(fourth) > floor &&
      candles.top(third) < candles.open(second) &&
      candles.top(fourth) < candles.top(third)
    );
  }

  #doesGoOn(row: number): boolean {
    const { candles } = this;
    const close = candles.close(row);
    return (
      candles.open(row) > candles.close(row - 1) &&
      close > candles.high(row - 3) &&
      close > candles.high(row - 2) &&
      close > candles.high(row - 1)
    );
  }
}
