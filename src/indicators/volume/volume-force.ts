/**
 * Klinger's volume force: the bar's volume, with the sign of the trend, in proportion to how much of the trend's travelled range
 * the bar makes up. The trend is the direction of high + low + close and lasts until it turns.
 */
export class VolumeForce {
  value = NaN;
  #hasBegun = false;
  /** 1 or −1; 0 before the first move. */
  #trend = 0;
  #previousPrice = NaN;
  #previousRange = NaN;
  /** Ranges of the trend's bars, and of the bar before it, added up. */
  #travelled = NaN;

  constructor() {
    this.reset();
  }

  /** Takes the next bar; false for the first, which has no direction yet. */
  next(high: number, low: number, close: number, volume: number): boolean {
    const price = high + low + close;
    const range = high - low;
    const direction = price > this.#previousPrice ? 1 : price < this.#previousPrice ? -1 : this.#trend;
    if (direction !== this.#trend) {
      this.#trend = direction;
      this.#travelled = this.#previousRange;
    }
    this.#previousPrice = price;
    this.#previousRange = range;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return false;
    }
    this.#travelled += range;
    const share = this.#travelled === 0 ? 0.5 : range / this.#travelled;
    this.value = Number.isNaN(price) ? Number.NaN : volume * Math.abs(share * 2 - 1) * 100 * this.#trend;
    return true;
  }

  reset(): void {
    this.value = NaN;
    this.#hasBegun = false;
    this.#trend = 0;
    this.#previousPrice = NaN;
    this.#previousRange = NaN;
    this.#travelled = 0;
  }
}
