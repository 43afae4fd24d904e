import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";

/** The middle of the bar: the average of high and low. */
export function medPrice(): MedPrice {
  return new MedPrice();
}

/** See `medPrice`. */
export class MedPrice extends BarIndicator {
  constructor() {
    super(["value"], 1);
  }

  update({ high, low }: Bar): void {
    this.current[0] = (high + low) / 2;
  }
}
