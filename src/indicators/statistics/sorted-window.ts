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
    if (this.#window.isFull) this.#remove();
    this.#window.push(value);
    this.#insert();
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

  /** Takes out the window's oldest number. */
  #remove(): void {
    if (Number.isNaN(this.#window.oldest)) return;
    const place = this.#placeOf(this.#window.start);
    const { sorted } = this;
    this.size -= 1;
    for (let index = place; index < this.size; index += 1) sorted[index] = sorted[index + 1] as number;
  }

  /** Puts in the window's newest number. */
  #insert(): void {
    const { newest, values } = this.#window;
    const value = values[newest] as number;
    if (Number.isNaN(value)) return;
    const place = this.#placeOf(newest);
    const { sorted } = this;
    for (let index = this.size; index > place; index -= 1) sorted[index] = sorted[index - 1] as number;
    sorted[place] = value;
    this.size += 1;
  }

  /** Place of the first number that is not below the window's in the slot; slots, as numbers are boxed on their way to a call. */
  #placeOf(slot: number): number {
    const value = this.#window.values[slot] as number;
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
