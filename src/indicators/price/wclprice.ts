import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";

/** The average of high, low and close in which the close counts twice. */
export function wclPrice(): WclPrice {
  return new WclPrice();
}

/** See `wclPrice`. */
export class WclPrice extends BarIndicator {
  constructor() {
    super(["value"], 1);
  }

  update({ high, low, close }: Bar): void {
    this.current[0] = (high + low + close * 2) / 4;
  }
}
