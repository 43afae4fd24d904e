import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Each number rounded down to a whole one. */
export function floor(): Floor {
  return new Floor();
}

/** See `floor`. */
export class Floor extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = Math.floor(value);
  }
}
