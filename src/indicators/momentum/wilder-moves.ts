/** Gains and losses of a series, each smoothed by Wilder's rule over `period` steps from the mean of the first. */
export class WilderMoves {
  gain = NaN;
  loss = NaN;
  previous = NaN;
  readonly #period: number;
  #count = 0;

  constructor(period: number) {
    this.#period = period;
    this.reset();
  }

  /** Takes the next number; true once gain and loss are smoothed, from number `period` + 1 on. */
  next(value: number): boolean {
    const period = this.#period;
    const move = value - this.previous;
    const size = Math.abs(move);
    // Half of size ± move is the gain or the loss, exactly, without a branch that a random series mispredicts.
    const gain = 0.5 * (size + move);
    const loss = 0.5 * (size - move);
    this.previous = value;
    if (this.#count > period) {
      this.gain = (this.gain * (period - 1) + gain) / period;
      this.loss = (this.loss * (period - 1) + loss) / period;
      return true;
    }
    this.#count += 1;
    if (this.#count === 1) return false;
    this.gain += gain;
    this.loss += loss;
    if (this.#count <= period) return false;
    this.gain /= period;
    this.loss /= period;
    return true;
  }

  reset(): void {
    this.#count = 0;
    this.previous = NaN;
    this.gain = 0;
    this.loss = 0;
  }
}
