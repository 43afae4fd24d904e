import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { trueRange } from "./atr.ts";

/** True range (Wilder): the bar's range, widened to the close before when there is a gap. */
export function trange(): TRange {
  return new TRange();
}

/** See `trange`. */
export class TRange extends BarIndicator {
  #previousClose = NaN;
  #hasBegun = false;

  constructor() {
    super(["value"], 2);
  }

  update({ high, low, close }: Bar): void {
    const previousClose = this.#previousClose;
    this.#previousClose = close;
    if (this.#hasBegun) this.current[0] = trueRange(high, low, previousClose);
    this.#hasBegun = true;
  }

  override reset(): void {
    super.reset();
    this.#hasBegun = false;
    this.#previousClose = NaN;
  }
}
