import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";

/** The average of open, high, low and close. */
export function avgPrice(): AvgPrice {
  return new AvgPrice();
}

/** See `avgPrice`. */
export class AvgPrice extends BarIndicator {
  constructor() {
    super(["value"], 1);
  }

  update({ open, high, low, close }: Bar): void {
    this.current[0] = (high + low + close + open) / 4;
  }
}
