import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { trueRange } from "../volatility/atr.ts";

export type VortexLine = "plus" | "minus";

/**
 * Vortex indicator (Botes and Siepman): upward movement, from the last low to this high, and downward movement, from the last
 * high to this low, each summed over `period` bars and divided by the summed true range. Without any range both are 0.
 */
export function vortex(period = 14): Vortex {
  return new Vortex(period);
}

/** See `vortex`. */
export class Vortex extends BarIndicator<VortexLine> {
  readonly #ups: RollingWindow;
  readonly #downs: RollingWindow;
  readonly #ranges: RollingWindow;
  #high = NaN;
  #low = NaN;
  #close = NaN;
  #hasBegun = false;

  constructor(period: number) {
    super(["plus", "minus"], wholeNumber("vortex", "period", period) + 1);
    this.#ups = new RollingWindow(period);
    this.#downs = new RollingWindow(period);
    this.#ranges = new RollingWindow(period);
  }

  get plus(): number {
    return this.current[0] as number;
  }

  get minus(): number {
    return this.current[1] as number;
  }

  update({ high, low, close }: Bar): void {
    const up = Math.abs(high - this.#low);
    const down = Math.abs(low - this.#high);
    const range = trueRange(high, low, this.#close);
    this.#high = high;
    this.#low = low;
    this.#close = close;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    this.#ups.push(up);
    this.#downs.push(down);
    if (!this.#ranges.push(range)) return;
    const way = this.#ranges.sum();
    this.current[0] = way === 0 ? 0 : this.#ups.sum() / way;
    this.current[1] = way === 0 ? 0 : this.#downs.sum() / way;
  }

  override reset(): void {
    super.reset();
    this.#ups.reset();
    this.#downs.reset();
    this.#ranges.reset();
    this.#high = NaN;
    this.#low = NaN;
    this.#close = NaN;
    this.#hasBegun = false;
  }
}
