import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";

/** Internal bar strength: where the bar closes between its low, 0, and its high, 1; one half where it has no range. */
export function internalBarStrength(): InternalBarStrength {
  return new InternalBarStrength();
}

/** See `internalBarStrength`. */
export class InternalBarStrength extends BarIndicator {
  constructor() {
    super(["value"], 1);
  }

  update({ high, low, close }: Bar): void {
    this.current[0] = high === low ? 0.5 : (close - low) / (high - low);
  }
}
