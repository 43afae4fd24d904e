import type { Bar } from "../../domain/bar.ts";
import { PairIndicator } from "../pair-indicator.ts";
import { finite } from "./finite.ts";

/** The product of two series, number by number: high · low unless `of` says otherwise. */
export function mult(): Mult {
  return new Mult();
}

/** See `mult`. A product that no double can hold is NaN. */
export class Mult extends PairIndicator {
  constructor() {
    super(["value"], 1, "high", "low");
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.first, this.second);
  }

  next(first: number, second: number): void {
    this.current[0] = finite(first * second);
  }
}
