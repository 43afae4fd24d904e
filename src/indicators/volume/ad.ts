import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { moneyFlowVolume } from "./money-flow.ts";

/** Accumulation/distribution line (Chaikin): the volume of all bars so far, each weighted by where it closes in its range. */
export function ad(): Ad {
  return new Ad();
}

/** See `ad`. Its height depends on where the series begins; only its course counts. */
export class Ad extends BarIndicator {
  #line = NaN;

  constructor() {
    super(["value"], 1);
    this.reset();
  }

  update({ high, low, close, volume }: Bar): void {
    this.#line += moneyFlowVolume(high, low, close, volume);
    this.current[0] = this.#line;
  }

  override reset(): void {
    super.reset();
    this.#line = 0;
  }
}
