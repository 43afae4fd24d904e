/** Ehlers' two-pole high-pass filter: what remains of a series without its moves longer than `period` bars; 0 for the first number. */
export class HighPass {
  readonly #gain: number;
  readonly #keep: number;
  #count = 0;
  #value1 = NaN;
  #value2 = NaN;
  #pass1 = NaN;
  #pass2 = NaN;

  constructor(period: number) {
    const angle = (Math.SQRT1_2 * 2 * Math.PI) / period;
    const alpha = (Math.cos(angle) + Math.sin(angle) - 1) / Math.cos(angle);
    this.#gain = (1 - alpha / 2) ** 2;
    this.#keep = 1 - alpha;
    this.reset();
  }

  /** Takes the next number and gives the filtered one. */
  next(value: number): number {
    if (this.#count === 0) {
      this.#count = 1;
      this.#value1 = value;
      this.#value2 = value;
    }
    const bend = value - this.#value1 - (this.#value1 - this.#value2);
    const pass = this.#gain * bend + 2 * this.#keep * this.#pass1 - this.#keep * this.#keep * this.#pass2;
    this.#value2 = this.#value1;
    this.#value1 = value;
    this.#pass2 = this.#pass1;
    this.#pass1 = pass;
    return pass;
  }

  reset(): void {
    this.#count = 0;
    this.#value1 = NaN;
    this.#value2 = NaN;
    this.#pass1 = 0;
    this.#pass2 = 0;
  }
}
