/**
 * The last `period` numbers of a series, oldest first, in one unbroken stretch of memory: every number is written twice,
 * `period` places apart, so that a full window always lies at `values[start]` to `values[end - 1]`.
 */
export class RollingWindow {
  /** Length of the window. */
  readonly period: number;
  readonly values: Float64Array;
  /** Where the oldest number lies once the window is full. */
  start = 0;
  #count = 0;

  constructor(period: number) {
    this.period = period;
    this.values = new Float64Array(2 * period);
  }

  get isFull(): boolean {
    return this.#count === this.period;
  }

  /** One place beyond the newest number of a full window. */
  get end(): number {
    return this.start + this.period;
  }

  /** Where the newest number lies, once there is one. */
  get newest(): number {
    return this.start === 0 ? this.period - 1 : this.start - 1;
  }

  get oldest(): number {
    return this.values[this.start] as number;
  }

  /** Takes the next number and drops the oldest of a full window; true when the window is full. */
  push(value: number): boolean {
    const { period, start, values } = this;
    values[start] = value;
    values[start + period] = value;
    this.start = start + 1 === period ? 0 : start + 1;
    if (this.#count < period) this.#count += 1;
    return this.#count === period;
  }

  /** Sum of the numbers of a full window, added up anew, so that nothing of what has left it remains. */
  sum(): number {
    const { end, values } = this;
    let sum = 0;
    for (let slot = this.start; slot < end; slot += 1) sum += values[slot] as number;
    return sum;
  }

  reset(): void {
    this.start = 0;
    this.#count = 0;
  }
}
