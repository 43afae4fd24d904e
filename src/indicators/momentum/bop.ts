import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { negligible } from "../zero.ts";

/** Balance of power (Livshin): the bar's body as a share of its range, −1 to 1; 0 for a bar without range. */
export function bop(): Bop {
  return new Bop();
}

/** See `bop`. */
export class Bop extends BarIndicator {
  constructor() {
    super(["value"], 1);
  }

  update({ open, high, low, close }: Bar): void {
    const range = high - low;
    this.current[0] = range < negligible(high) || range === 0 ? 0 : (close - open) / range;
  }
}
