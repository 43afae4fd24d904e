/** The four stages of Ehlers' Laguerre filter, all of which start at the first number. */
export class LaguerreStages {
  l0 = NaN;
  l1 = NaN;
  l2 = NaN;
  l3 = NaN;
  readonly #gamma: number;
  #hasBegun = false;

  constructor(gamma: number) {
    this.#gamma = gamma;
  }

  next(value: number): void {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.l0 = value;
      this.l1 = value;
      this.l2 = value;
      this.l3 = value;
      return;
    }
    const gamma = this.#gamma;
    const { l0, l1, l2, l3 } = this;
    // Written as moves from the past, so that a price that stands still leaves all stages exactly where they are.
    this.l0 = value + gamma * (l0 - value);
    this.l1 = l0 + gamma * (l1 - this.l0);
    this.l2 = l1 + gamma * (l2 - this.l1);
    this.l3 = l2 + gamma * (l3 - this.l2);
  }

  reset(): void {
    this.#hasBegun = false;
    this.l0 = NaN;
    this.l1 = NaN;
    this.l2 = NaN;
    this.l3 = NaN;
  }
}
