import type { Bar } from "../../domain/bar.ts";
import { PairIndicator } from "../pair-indicator.ts";

/** Price and volume trend: the volume of all bars so far, each times the price's percentage move (as a fraction) on it. */
export function pvt(): Pvt {
  return new Pvt();
}

/** See `pvt`. It starts from 0; only its course counts. After a price of zero nothing is added. `of` takes the price, then the volume. */
export class Pvt extends PairIndicator {
  #previous = NaN;
  #trend = NaN;
  #hasBegun = false;

  constructor() {
    super(["value"], 1, "close", "volume");
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.first, this.second);
  }

  next(price: number, volume: number): void {
    if (this.#hasBegun && this.#previous !== 0) this.#trend += volume * ((price - this.#previous) / this.#previous);
    this.#hasBegun = true;
    this.#previous = price;
    this.current[0] = this.#trend;
  }

  override reset(): void {
    super.reset();
    this.#hasBegun = false;
    this.#previous = NaN;
    this.#trend = 0;
  }
}
