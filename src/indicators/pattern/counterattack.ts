import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";

/**
 * Counterattack: two long candles of opposite colours that close at the same price.
 *
 * A gap in the direction of the trend is wholly taken back by the close. White last is bullish, black last bearish.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function counterattack(settings: CandleSettings = {}): CandlePattern {
  return new Counterattack({ name: "counterattack", candles: 2, settings });
}

class Counterattack extends CandlePattern {
  readonly #equal = this.limit("equal", 1);
  readonly #longFirst = this.limit("bodyLong", 1);
  readonly #longSecond = this.limit("bodyLong", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    const areLongOpposites =
      candles.isWhite(first) !== candles.isWhite(row) &&
      candles.body(first) > this.#longFirst.at(row) &&
      candles.body(row) > this.#longSecond.at(row);
    if (!areLongOpposites) return 0;
    const close = candles.close(row);
    const before = candles.close(first);
    const equal = this.#equal.at(row);
    return close <= before + equal && close >= before - equal ? 100 * candles.color(row) : 0;
  }
}
