import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Breakaway: a long candle, three more in its direction beyond a gap, then one of the other colour that closes in the
 * gap.
 *
 * The last push was overdone; white last is bullish after a fall, black last bearish after a rise.
 *
 * Source: Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained.
 */
export function breakaway(settings: CandleSettings = {}): CandlePattern {
  return new Breakaway({ name: "breakaway", candles: 5, settings });
}

class Breakaway extends CandlePattern {
  readonly #long = this.limit("bodyLong", 4);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const isWhite = candles.isWhite(row - 4);
    const haveShape =
      candles.body(row - 4) > this.#long.at(row) &&
      candles.isWhite(row - 3) === isWhite &&
      candles.isWhite(row - 1) === isWhite &&
      candles.isWhite(row) !== isWhite;
    if (!haveShape) return 0;
    if (isWhite) return this.#breaksDown(row) ? -100 : 0;
    return this.#breaksUp(row) ? 100 : 0;
  }

  #breaksUp(row: number): boolean {
    const { candles } = this;
    return (
      candles.bodyGapsDown(row - 3, row - 4) &&
      candles.high(row - 2) < candles.high(row - 3) &&
      candles.low(row - 2) < candles.low(row - 3) &&
      candles.high(row - 1) < candles.high(row - 2) &&
      candles.low(row - 1) < candles.low(row - 2) &&
      candles.close(row) > candles.open(row - 3) &&
      candles.close(row) < candles.close(row - 4)
    );
  }

  #breaksDown(row: number): boolean {
    const { candles } = this;
    return (
      candles.bodyGapsUp(row - 3, row - 4) &&
      candles.high(row - 2) > candles.high(row - 3) &&
      candles.low(row - 2) > candles.low(row - 3) &&
      candles.high(row - 1) > candles.high(row - 2) &&
      candles.low(row - 1) > candles.low(row - 2) &&
      candles.close(row) < candles.open(row - 3) &&
      candles.close(row) > candles.close(row - 4)
    );
  }
}
