import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Square root of each number. */
export function sqrt(): Sqrt {
  return new Sqrt();
}

/** See `sqrt`. Numbers below zero have none and give NaN. */
export class Sqrt extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = Math.sqrt(value);
  }
}
