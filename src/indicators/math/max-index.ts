import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { ExtremeIndex } from "./extreme-index.ts";

export type MaxIndexLine = "index" | "age";

/** Where the highest of the last `period` numbers stands: its position, with the series' first number at 0, and its age in bars. */
export function maxIndex(period = 30): MaxIndex {
  return new MaxIndex(period);
}

/** See `maxIndex`. Among equals it takes TA-Lib's choice, which depends on how the window came about (`ExtremeIndex`). */
export class MaxIndex extends SeriesIndicator<MaxIndexLine> {
  readonly #highest: ExtremeIndex;

  constructor(period: number) {
    super(["index", "age"], wholeNumber("maxIndex", "period", period, { min: 2 }));
    this.#highest = new ExtremeIndex(period, 1);
  }

  get index(): number {
    return this.current[0] as number;
  }

  get age(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (!this.#highest.push(value)) return;
    this.current[0] = this.#highest.index;
    this.current[1] = this.#highest.age;
  }

  override reset(): void {
    super.reset();
    this.#highest.reset();
  }
}
