import { oneOf } from "../parameters.ts";
import { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";
import { ENDS, nesting, type Ends, type NestingOptions } from "./nesting.ts";

/**
 * Harami: a long body, then a short body inside it: a child in its mother.
 *
 * The trend stands still after a strong day. After a black candle it is bullish, after a white one bearish.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function harami({ ends = "apart", ...settings }: NestingOptions = {}): CandlePattern {
  return new Harami(settings, ends);
}

class Harami extends CandlePattern {
  readonly #long = this.limit("bodyLong", 1);
  readonly #short = this.limit("bodyShort", 0);
  readonly #ends: Ends;

  constructor(settings: CandleSettings, ends: Ends) {
    super({ name: "harami", candles: 2, settings });
    this.#ends = oneOf("harami", "ends", ends, ENDS);
  }

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    if (!(candles.body(first) > this.#long.at(row) && candles.body(row) <= this.#short.at(row))) return 0;
    const size = nesting(candles, row, first, this.#ends);
    return size === 0 ? 0 : -size * candles.color(first);
  }
}
