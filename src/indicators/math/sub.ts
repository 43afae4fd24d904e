import type { Bar } from "../../domain/bar.ts";
import { PairIndicator } from "../pair-indicator.ts";

/** The difference of two series, number by number: high − low unless `of` says otherwise. */
export function sub(): Sub {
  return new Sub();
}

/** See `sub`. */
export class Sub extends PairIndicator {
  constructor() {
    super(["value"], 1, "high", "low");
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.first, this.second);
  }

  next(first: number, second: number): void {
    this.current[0] = first - second;
  }
}
