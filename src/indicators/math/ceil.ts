import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Each number rounded up to a whole one. */
export function ceil(): Ceil {
  return new Ceil();
}

/** See `ceil`. */
export class Ceil extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = Math.ceil(value);
  }
}
