import type { BarColumns } from "../../domain/bar.ts";
import { SlidingRange } from "../sliding-range.ts";

/** What the stochastic reads from a bar. */
interface HighLowClose {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Where a price stands between the lowest low and the highest high of the last bars, 0 to 100; 0 where they are equal. */
export class FastStochastic {
  value = NaN;
  readonly #range: SlidingRange;
  readonly #point = { high: NaN, low: NaN, close: NaN };

  constructor(period: number) {
    this.#range = new SlidingRange(period);
  }

  /** Shows the next bar; true once the window is full. */
  next(bar: HighLowClose): boolean {
    if (!this.#range.take(bar)) return false;
    const { highest, lowest } = this.#range;
    const percent = (highest - lowest) / 100;
    this.value = percent === 0 ? 0 : (bar.close - lowest) / percent;
    return true;
  }

  /** Shows the next number of a series that is its own high and low. */
  nextNumber(value: number): boolean {
    const point = this.#point;
    point.high = value;
    point.low = value;
    point.close = value;
    return this.next(point);
  }

  /** The values of all rows, NaN before the window is full, by the blocks of `SlidingRange`; goes on after the last row. */
  over(columns: BarColumns): Float64Array {
    const { high, low, close, length } = columns;
    const { period } = this.#range;
    const output = new Float64Array(length);
    const highs = new Float64Array(period + 1).fill(-Infinity);
    const lows = new Float64Array(period + 1).fill(Infinity);
    for (let start = 0; start < length; start += period) {
      const end = Math.min(start + period, length);
      let blockHigh = -Infinity;
      let blockLow = Infinity;
      for (let row = start, place = 1; row < end; row += 1, place += 1) {
        const highNow = high[row] as number;
        const lowNow = low[row] as number;
        const restHigh = highs[place] as number;
        const restLow = lows[place] as number;
        if (highNow > blockHigh) blockHigh = highNow;
        if (lowNow < blockLow) blockLow = lowNow;
        const lowest = restLow < blockLow ? restLow : blockLow;
        const percent = ((restHigh > blockHigh ? restHigh : blockHigh) - lowest) / 100;
        // Minus infinity is what a window of nothing but NaN leaves.
        output[row] = percent === 0 ? 0 : percent === -Infinity ? NaN : ((close[row] as number) - lowest) / percent;
      }
      blockHigh = -Infinity;
      blockLow = Infinity;
      for (let row = end - 1, place = end - start - 1; row >= start; row -= 1, place -= 1) {
        const highNow = high[row] as number;
        const lowNow = low[row] as number;
        if (highNow > blockHigh) blockHigh = highNow;
        if (lowNow < blockLow) blockLow = lowNow;
        highs[place] = blockHigh;
        lows[place] = blockLow;
      }
    }
    output.fill(NaN, 0, Math.min(period - 1, length));
    this.#range.resume(columns);
    if (length > 0) this.value = output[length - 1] as number;
    return output;
  }

  reset(): void {
    this.#range.reset();
    this.value = NaN;
  }
}
