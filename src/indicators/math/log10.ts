import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { finite } from "./finite.ts";

/** Decimal logarithm of each number. */
export function log10(): Log10 {
  return new Log10();
}

/** See `log10`. Zero and numbers below it have none and give NaN, where TA-Lib gives −∞ for zero. */
export class Log10 extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = finite(Math.log10(value));
  }
}
