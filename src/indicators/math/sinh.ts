import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { finite } from "./finite.ts";

/** Hyperbolic sine of each number. */
export function sinh(): Sinh {
  return new Sinh();
}

/** See `sinh`. Numbers beyond ±710 have none that a double can hold and give NaN. */
export class Sinh extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = finite(Math.sinh(value));
  }
}
