/** A volume-weighted mean of prices and its spread, kept up to date one price at a time (West 1979), which loses no digits to large sums. */
export class WeightedPrice {
  mean = NaN;
  #weight = NaN;
  #squares = NaN;

  constructor() {
    this.reset();
  }

  /** Volume-weighted standard deviation; 0 without volume. */
  get deviation(): number {
    return this.#weight > 0 ? Math.sqrt(this.#squares / this.#weight) : this.#weight === 0 ? 0 : NaN;
  }

  /** Takes a price and its volume. While there has been no volume at all, the mean is the last price. */
  push(price: number, volume: number): void {
    this.#weight += volume;
    if (this.#weight === 0) {
      this.mean = price;
      return;
    }
    const isFirst = this.#weight === volume;
    const offset = isFirst ? 0 : price - this.mean;
    if (isFirst) this.mean = price;
    this.mean += (offset * volume) / this.#weight;
    this.#squares += volume * offset * (price - this.mean);
  }

  reset(): void {
    this.mean = NaN;
    this.#weight = 0;
    this.#squares = 0;
  }
}
