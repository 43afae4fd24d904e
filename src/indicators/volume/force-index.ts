import type { Bar } from "../../domain/bar.ts";
import { Ema, type EmaOptions } from "../overlap/ema.ts";
import { PairIndicator } from "../pair-indicator.ts";
import { wholeNumber } from "../parameters.ts";

/** Force index (Elder): the price's move times the volume, exponentially averaged over `period` bars; 1 for the raw value. */
export function forceIndex(period = 13, options: EmaOptions = {}): ForceIndex {
  return new ForceIndex(period, options);
}

/** See `forceIndex`. `of` takes the price, then the volume. */
export class ForceIndex extends PairIndicator {
  readonly #average: Ema;
  #previous = NaN;
  #hasBegun = false;

  constructor(period: number, options: EmaOptions = {}) {
    super(["value"], wholeNumber("forceIndex", "period", period) + 1, "close", "volume");
    this.#average = new Ema(period, options);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.first, this.second);
  }

  next(price: number, volume: number): void {
    const move = price - this.#previous;
    this.#previous = price;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    this.#average.next(move * volume);
    this.current[0] = this.#average.value;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
    this.#hasBegun = false;
    this.#previous = NaN;
  }
}
