import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { finite } from "./finite.ts";

/** Hyperbolic cosine of each number. */
export function cosh(): Cosh {
  return new Cosh();
}

/** See `cosh`. Numbers beyond ±710 have none that a double can hold and give NaN. */
export class Cosh extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = finite(Math.cosh(value));
  }
}
