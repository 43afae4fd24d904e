import type { Bar } from "../../domain/bar.ts";
import { PairIndicator } from "../pair-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";

/** Volume-weighted moving average: the mean of the last `period` prices, each weighted by its bar's volume. */
export function vwma(period = 20): Vwma {
  return new Vwma(period);
}

/** See `vwma`. Without any volume in the window all bars weigh the same. `of` takes the price, then the volume. */
export class Vwma extends PairIndicator {
  readonly #prices: RollingWindow;
  readonly #volumes: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("vwma", "period", period), "close", "volume");
    this.#prices = new RollingWindow(period);
    this.#volumes = new RollingWindow(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.first, this.second);
  }

  next(price: number, volume: number): void {
    this.#prices.push(price);
    if (this.#volumes.push(volume)) this.current[0] = this.#average();
  }

  override reset(): void {
    super.reset();
    this.#prices.reset();
    this.#volumes.reset();
  }

  #average(): number {
    const { values, start, end, period } = this.#prices;
    const volumes = this.#volumes.values;
    let weights = 0;
    let weighted = 0;
    for (let slot = start; slot < end; slot += 1) {
      weights += volumes[slot] as number;
      weighted += (values[slot] as number) * (volumes[slot] as number);
    }
    return weights === 0 ? this.#prices.sum() / period : weighted / weights;
  }
}
