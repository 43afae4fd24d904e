import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { ExtremeIndex } from "./extreme-index.ts";

export type MinIndexLine = "index" | "age";

/** Where the lowest of the last `period` numbers stands: its position, with the series' first number at 0, and its age in bars. */
export function minIndex(period = 30): MinIndex {
  return new MinIndex(period);
}

/** See `minIndex`. Among equals it takes TA-Lib's choice, which depends on how the window came about (`ExtremeIndex`). */
export class MinIndex extends SeriesIndicator<MinIndexLine> {
  readonly #lowest: ExtremeIndex;

  constructor(period: number) {
    super(["index", "age"], wholeNumber("minIndex", "period", period, { min: 2 }));
    this.#lowest = new ExtremeIndex(period, -1);
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
    if (!this.#lowest.push(value)) return;
    this.current[0] = this.#lowest.index;
    this.current[1] = this.#lowest.age;
  }

  override reset(): void {
    super.reset();
    this.#lowest.reset();
  }
}
