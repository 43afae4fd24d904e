import { oneOf } from "../parameters.ts";
import { CandlePattern } from "./candle-pattern.ts";
import { ENDS, type Ends } from "./nesting.ts";

/** How bodies are compared. */
export interface EngulfingOptions {
  /**
   * "touching" also reports bodies that share one end, with 80 and −80, as TA-Lib does since 0.6. A market that never closes
   * opens each candle where the last one closed, so its engulfings are of this kind. @default "apart"
   */
  readonly ends?: Ends;
}

/**
 * Engulfing: a body that reaches beyond both ends of the body before it, which has the other colour.
 *
 * The other side took over and undid more than the day before: white is bullish after a fall, black bearish after a
 * rise.
 *
 * Source: Steve Nison, Japanese Candlestick Charting Techniques (1991).
 */
export function engulfing({ ends = "apart" }: EngulfingOptions = {}): CandlePattern {
  return new Engulfing(ends);
}

class Engulfing extends CandlePattern {
  readonly #countsTouching: boolean;

  constructor(ends: Ends) {
    // TA-Lib leaves one bar more out than it needs.
    super({ name: "engulfing", candles: 3 });
    this.#countsTouching = oneOf("engulfing", "ends", ends, ENDS) === "touching";
  }

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const first = row - 1;
    if (candles.isWhite(first) === candles.isWhite(row)) return 0;
    const isOver = candles.top(row) > candles.top(first);
    const isUnder = candles.bottom(row) < candles.bottom(first);
    if (isOver && isUnder) return 100 * candles.color(row);
    if (!this.#countsTouching) return 0;
    const isTouching = (isOver && candles.bottom(row) === candles.bottom(first)) || (isUnder && candles.top(row) === candles.top(first));
    return isTouching ? 80 * candles.color(row) : 0;
  }
}
