import { CandlePattern } from "./candle-pattern.ts";
import type { PenetrationOptions } from "./candle-settings.ts";

/**
 * Abandoned baby: a long candle, a doji that gaps away from it with its shadows, then a candle of the other colour that
 * gaps back and closes deep inside the first body.
 *
 * A rare and strong turn: at a bottom bullish, at a top bearish.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function abandonedBaby({ penetration = 0.3, ...settings }: PenetrationOptions = {}): CandlePattern {
  return new AbandonedBaby({ name: "abandonedBaby", candles: 3, settings, penetration });
}

class AbandonedBaby extends CandlePattern {
  readonly #long = this.limit("bodyLong", 2);
  readonly #doji = this.limit("bodyDoji", 1);
  readonly #short = this.limit("bodyShort", 0);

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles, penetration } = this;
    const first = row - 2;
    const second = row - 1;
    const haveSizes =
      candles.body(first) > this.#long.at(row) && candles.body(second) <= this.#doji.at(row) && candles.body(row) > this.#short.at(row);
    if (!haveSizes || candles.isWhite(first) === candles.isWhite(row)) return 0;
    const taken = candles.body(first) * penetration;
    const isAbandoned = candles.isWhite(first)
      ? candles.close(row) < candles.close(first) - taken && candles.gapsUp(second, first) && candles.gapsDown(row, second)
      : candles.close(row) > candles.close(first) + taken && candles.gapsDown(second, first) && candles.gapsUp(row, second);
    return isAbandoned ? 100 * candles.color(row) : 0;
  }
}
