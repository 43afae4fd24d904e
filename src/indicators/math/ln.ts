import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { finite } from "./finite.ts";

/** Natural logarithm of each number. */
export function ln(): Ln {
  return new Ln();
}

/** See `ln`. Zero and numbers below it have none and give NaN, where TA-Lib gives −∞ for zero. */
export class Ln extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = finite(Math.log(value));
  }
}
