import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Hyperbolic tangent of each number: −1 to 1. */
export function tanh(): Tanh {
  return new Tanh();
}

/** See `tanh`. */
export class Tanh extends SeriesIndicator {
  constructor() {
    super(["value"], 1);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = Math.tanh(value);
  }
}
