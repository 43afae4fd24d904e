/**
 * The highest number of the last `period`, kept as a queue of candidates that only falls, so that a step costs the same
 * however long the period is. Among equals the latest counts. A NaN makes the extreme NaN while it is in the window.
 */
export class SlidingMaximum {
  /** Length of the window. */
  readonly period: number;
  readonly #mask: number;
  readonly #values: Float64Array;
  readonly #indexes: Int32Array;
  #head = 0;
  #tail = 0;
  #index = 0;
  /** Steps until the last NaN has left the window. */
  #blind = 0;

  constructor(period: number) {
    this.period = period;
    const capacity = 2 ** Math.ceil(Math.log2(period + 1));
    this.#mask = capacity - 1;
    this.#values = new Float64Array(capacity);
    this.#indexes = new Int32Array(capacity);
  }

  /** The extreme of the window; NaN before the first number. */
  get value(): number {
    return this.#blind > 0 || this.#head === this.#tail ? Number.NaN : (this.#values[this.#head & this.#mask] as number);
  }

  /** Steps since the extreme was seen, 0 for the newest. */
  get age(): number {
    return this.#head === this.#tail ? 0 : (this.#index - 1 - (this.#indexes[this.#head & this.#mask] as number)) | 0;
  }

  push(value: number): void {
    const mask = this.#mask;
    let head = this.#head;
    let tail = this.#tail;
    const index = this.#index;
    this.#index = (index + 1) | 0;
    if (head !== tail && ((index - (this.#indexes[head & mask] as number)) | 0) >= this.period) head = (head + 1) | 0;
    if (this.#blind > 0) this.#blind -= 1;
    if (Number.isNaN(value)) {
      this.#blind = this.period;
      this.#head = head;
      return;
    }
    while (tail !== head && (this.#values[(tail - 1) & mask] as number) <= value) tail = (tail - 1) | 0;
    this.#values[tail & mask] = value;
    this.#indexes[tail & mask] = index;
    tail = (tail + 1) | 0;
    this.#head = head;
    this.#tail = tail;
  }

  reset(): void {
    this.#head = 0;
    this.#tail = 0;
    this.#index = 0;
    this.#blind = 0;
  }
}

/** The lowest number of the last `period`; see `SlidingMaximum`. */
export class SlidingMinimum {
  /** Length of the window. */
  readonly period: number;
  readonly #mask: number;
  readonly #values: Float64Array;
  readonly #indexes: Int32Array;
  #head = 0;
  #tail = 0;
  #index = 0;
  /** Steps until the last NaN has left the window. */
  #blind = 0;

  constructor(period: number) {
    this.period = period;
    const capacity = 2 ** Math.ceil(Math.log2(period + 1));
    this.#mask = capacity - 1;
    this.#values = new Float64Array(capacity);
    this.#indexes = new Int32Array(capacity);
  }

  /** The extreme of the window; NaN before the first number. */
  get value(): number {
    return this.#blind > 0 || this.#head === this.#tail ? Number.NaN : (this.#values[this.#head & this.#mask] as number);
  }

  /** Steps since the extreme was seen, 0 for the newest. */
  get age(): number {
    return this.#head === this.#tail ? 0 : (this.#index - 1 - (this.#indexes[this.#head & this.#mask] as number)) | 0;
  }

  push(value: number): void {
    const mask = this.#mask;
    let head = this.#head;
    let tail = this.#tail;
    const index = this.#index;
    this.#index = (index + 1) | 0;
    if (head !== tail && ((index - (this.#indexes[head & mask] as number)) | 0) >= this.period) head = (head + 1) | 0;
    if (this.#blind > 0) this.#blind -= 1;
    if (Number.isNaN(value)) {
      this.#blind = this.period;
      this.#head = head;
      return;
    }
    while (tail !== head && (this.#values[(tail - 1) & mask] as number) >= value) tail = (tail - 1) | 0;
    this.#values[tail & mask] = value;
    this.#indexes[tail & mask] = index;
    tail = (tail + 1) | 0;
    this.#head = head;
    this.#tail = tail;
  }

  reset(): void {
    this.#head = 0;
    this.#tail = 0;
    this.#index = 0;
    this.#blind = 0;
  }
}
