import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Sine of each number, taken as radians. */
export function sin(): Sin {
  return new Sin();
}

/** See `sin`. */
export class Sin extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = Math.sin(value);
  }
}
