import type { Bar } from "../../domain/bar.ts";
import { PairIndicator } from "../pair-indicator.ts";
import { finite } from "./finite.ts";

/** The first of two series divided by the second, number by number: high / low unless `of` says otherwise. */
export function div(): Div {
  return new Div();
}

/** See `div`. Division by zero gives NaN, where TA-Lib gives an infinity. */
export class Div extends PairIndicator {
  constructor() {
    super(["value"], 1, "high", "low");
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.first, this.second);
  }

  next(first: number, second: number): void {
    this.current[0] = finite(first / second);
  }
}
