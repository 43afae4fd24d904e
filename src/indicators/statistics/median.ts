import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SortedWindow } from "./sorted-window.ts";

/** Median of the last `period` numbers: the one in the middle of their order, which a spike does not move. */
export function median(period = 30): Median {
  return new Median(period);
}

/** See `median`. */
export class Median extends SeriesIndicator {
  readonly #window: SortedWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("median", "period", period));
    this.#window = new SortedWindow(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#window.push(value);
    this.#measure();
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
  }

  #measure(): void {
    if (this.#window.isFull) this.current[0] = this.#window.isComplete ? this.#window.median() : Number.NaN;
  }
}
