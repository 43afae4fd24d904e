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
    this.previous = value;
    if (this.#count > period) {
      const loss = this.loss * (period - 1);
      const gain = this.gain * (period - 1);
      this.loss = (move < 0 ? loss - move : loss) / period;
      this.gain = (move < 0 ? gain : gain + move) / period;
      return true;
    }
    this.#count += 1;
    if (this.#count === 1) return false;
    if (move < 0) this.loss -= move;
    else this.gain += move;
    if (this.#count <= period) return false;
    this.loss /= period;
    this.gain /= period;
    return true;
  }

  reset(): void {
    this.#count = 0;
    this.previous = NaN;
    this.gain = 0;
    this.loss = 0;
  }
}
