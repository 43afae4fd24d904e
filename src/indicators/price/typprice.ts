import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";

/** The typical price: the average of high, low and close. */
export function typPrice(): TypPrice {
  return new TypPrice();
}

/** See `typPrice`. */
export class TypPrice extends BarIndicator {
  constructor() {
    super(["value"], 1);
  }

  update({ high, low, close }: Bar): void {
    this.current[0] = (high + low + close) / 3;
  }
}
