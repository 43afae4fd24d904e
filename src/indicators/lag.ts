/** Remembers a series to tell what it was some steps ago. */
export class Lag {
  /** How far back it looks. */
  readonly steps: number;
  readonly #window: Float64Array;
  #slot = 0;

  constructor(steps: number) {
    this.steps = steps;
    this.#window = new Float64Array(steps).fill(NaN);
  }

  /** Takes the next number and gives the one `steps` before it, NaN while there is none. */
  push(value: number): number {
    const slot = this.#slot;
    const old = this.#window[slot] as number;
    this.#window[slot] = value;
    this.#slot = slot + 1 === this.steps ? 0 : slot + 1;
    return old;
  }

  reset(): void {
    this.#window.fill(NaN);
    this.#slot = 0;
  }
}
