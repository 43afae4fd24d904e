import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { finite } from "./finite.ts";

/** e to the power of each number. */
export function exp(): Exp {
  return new Exp();
}

/** See `exp`. Numbers above 709 have a power that no double can hold and give NaN. */
export class Exp extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = finite(Math.exp(value));
  }
}
