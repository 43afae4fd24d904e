import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SortedWindow } from "./sorted-window.ts";

/**
 * Median absolute deviation (MAD) of the last `period` numbers: the median of their distances from their median. Times 1.4826
 * it estimates the standard deviation of normal numbers, and up to half of them may be wild.
 */
export function medianDeviation(period = 30): MedianDeviation {
  return new MedianDeviation(period);
}

/** See `medianDeviation`. */
export class MedianDeviation extends SeriesIndicator {
  readonly #window: SortedWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("medianDeviation", "period", period));
    this.#window = new SortedWindow(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#window.push(value);
    if (!this.#window.isFull) return;
    if (this.#window.isComplete) this.#measure();
    else this.current[0] = NaN;
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
  }

  /** Distances grow from the median to both sides: they are taken in their order until the middle one is reached. */
  #measure(): void {
    const { sorted, size } = this.#window;
    const median = this.#window.median();
    const half = size >> 1;
    let above = half;
    let below = half - 1;
    let distance = 0;
    let previous = 0;
    for (let taken = 0; taken <= half; taken += 1) {
      previous = distance;
      const up = above < size ? (sorted[above] as number) - median : Number.POSITIVE_INFINITY;
      const down = below >= 0 ? median - (sorted[below] as number) : Number.POSITIVE_INFINITY;
      distance = up < down ? up : down;
      if (up < down) above += 1;
      else below -= 1;
    }
    this.current[0] = size % 2 === 1 ? distance : (previous + distance) / 2;
  }
}
