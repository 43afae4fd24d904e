import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { ExtremeIndex } from "./extreme-index.ts";

export type MinMaxIndexLine = "minIndex" | "maxIndex" | "minAge" | "maxAge";

/** Where the lowest and the highest of the last `period` numbers stand; see `minIndex` and `maxIndex`. */
export function minMaxIndex(period = 30): MinMaxIndex {
  return new MinMaxIndex(period);
}

/** See `minMaxIndex`. */
export class MinMaxIndex extends SeriesIndicator<MinMaxIndexLine> {
  readonly #lowest: ExtremeIndex;
  readonly #highest: ExtremeIndex;

  constructor(period: number) {
    super(["minIndex", "maxIndex", "minAge", "maxAge"], wholeNumber("minMaxIndex", "period", period, { min: 2 }));
    this.#lowest = new ExtremeIndex(period, -1);
    this.#highest = new ExtremeIndex(period, 1);
  }

  get minIndex(): number {
    return this.current[0] as number;
  }

  get maxIndex(): number {
    return this.current[1] as number;
  }

  get minAge(): number {
    return this.current[2] as number;
  }

  get maxAge(): number {
    return this.current[3] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#lowest.push(value);
    if (!this.#highest.push(value)) return;
    this.current[0] = this.#lowest.index;
    this.current[1] = this.#highest.index;
    this.current[2] = this.#lowest.age;
    this.current[3] = this.#highest.age;
  }

  override reset(): void {
    super.reset();
    this.#lowest.reset();
    this.#highest.reset();
  }
}
