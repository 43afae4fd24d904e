import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Arc cosine of each number, in radians. */
export function acos(): Acos {
  return new Acos();
}

/** See `acos`. Numbers below −1 or above 1 have none and give NaN. */
export class Acos extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = Math.acos(value);
  }
}
