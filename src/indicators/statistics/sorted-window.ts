import { RollingWindow } from "../rolling-window.ts";

/**
 * The last `period` numbers in rising order. A step moves what lies between the number that leaves and the one that comes,
 * and searches by halves. NaN has no place in an order: while one is in the window, `isComplete` is false.
 */
export class SortedWindow {
  /** The numbers in rising order, as many as `size` says. */
  readonly sorted: Float64Array;
  size = 0;
  readonly #window: RollingWindow;

  constructor(period: number) {
    this.sorted = new Float64Array(period);
    this.#window = new RollingWindow(period);
  }

  /** Whether the window is full and every number in it has a place. */
  get isComplete(): boolean {
    return this.size === this.#window.period;
  }

  get isFull(): boolean {
    return this.#window.isFull;
  }

  push(value: number): void {
    if (this.#window.isFull && !Number.isNaN(this.#window.oldest)) this.#remove(this.#window.oldest);
    this.#window.push(value);
    if (Number.isNaN(value)) return;
    const place = this.#placeOf(value);
    this.sorted.copyWithin(place + 1, place, this.size);
    this.sorted[place] = value;
    this.size += 1;
  }

  /** The middle number, or the mean of the two in the middle. */
  median(): number {
    const half = this.size >> 1;
    const upper = this.sorted[half] as number;
    return this.size % 2 === 1 ? upper : ((this.sorted[half - 1] as number) + upper) / 2;
  }

  reset(): void {
    this.#window.reset();
    this.size = 0;
  }

  #remove(value: number): void {
    const place = this.#placeOf(value);
    this.sorted.copyWithin(place, place + 1, this.size);
    this.size -= 1;
  }

  /** Place of the first number that is not below the value. */
  #placeOf(value: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
