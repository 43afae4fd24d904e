import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Tangent of each number, taken as radians. */
export function tan(): Tan {
  return new Tan();
}

/** See `tan`. */
export class Tan extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = Math.tan(value);
  }
}
