import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Cosine of each number, taken as radians. */
export function cos(): Cos {
  return new Cos();
}

/** See `cos`. */
export class Cos extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = Math.cos(value);
  }
}
