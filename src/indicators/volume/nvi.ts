import type { Bar } from "../../domain/bar.ts";
import { PairIndicator } from "../pair-indicator.ts";
import { realNumber } from "../parameters.ts";

export interface NviOptions {
  /** What the index stands at on the first bar. @default 1000 */
  readonly start?: number;
}

/** Negative volume index (Dysart): it follows the price's percentage moves on bars whose volume falls, and stands still on others. */
export function nvi(options: NviOptions = {}): Nvi {
  return new Nvi(options);
}

/** See `nvi`. After a price of zero it stands still. `of` takes the price, then the volume. */
export class Nvi extends PairIndicator {
  readonly #start: number;
  #index = NaN;
  #previousPrice = NaN;
  #previousVolume = NaN;

  constructor({ start = 1_000 }: NviOptions = {}) {
    super(["value"], 1, "close", "volume");
    this.#start = realNumber("nvi", "start", start, { min: 0.001, max: 1e9 });
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.first, this.second);
  }

  next(price: number, volume: number): void {
    if (volume < this.#previousVolume && this.#previousPrice !== 0) {
      this.#index += ((price - this.#previousPrice) / this.#previousPrice) * this.#index;
    } else if (Number.isNaN(volume) || Number.isNaN(price)) {
      this.#index = NaN;
    }
    this.#previousPrice = price;
    this.#previousVolume = volume;
    this.current[0] = this.#index;
  }

  override reset(): void {
    super.reset();
    this.#index = this.#start;
    this.#previousPrice = NaN;
    this.#previousVolume = NaN;
  }
}
