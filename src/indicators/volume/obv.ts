import type { Bar } from "../../domain/bar.ts";
import { PairIndicator } from "../pair-indicator.ts";

/** On-balance volume (Granville): the volume of all bars so far, added when the price rises and taken off when it falls. */
export function obv(): Obv {
  return new Obv();
}

/** See `obv`. It starts from the first bar's volume, as in TA-Lib; only its course counts. `of` takes the price, then the volume. */
export class Obv extends PairIndicator {
  #previous = NaN;
  #balance = NaN;
  #hasBegun = false;

  constructor() {
    super(["value"], 1, "close", "volume");
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.first, this.second);
  }

  next(price: number, volume: number): void {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.#balance = volume;
    } else if (price > this.#previous) {
      this.#balance += volume;
    } else if (price < this.#previous) {
      this.#balance -= volume;
    } else if (Number.isNaN(price)) {
      this.#balance = NaN;
    }
    this.#previous = price;
    this.current[0] = this.#balance;
  }

  override reset(): void {
    super.reset();
    this.#hasBegun = false;
    this.#previous = NaN;
    this.#balance = NaN;
  }
}
