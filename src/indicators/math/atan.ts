import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Arc tangent of each number, in radians: −π/2 to π/2. */
export function atan(): Atan {
  return new Atan();
}

/** See `atan`. */
export class Atan extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = Math.atan(value);
  }
}
