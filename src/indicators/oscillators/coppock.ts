import type { Bar } from "../../domain/bar.ts";
import { Roc } from "../momentum/roc.ts";
import { createAverage } from "../overlap/ma.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Periods of the two rates of change. */
export interface CoppockOptions {
  /** @default 14 */
  readonly long?: number;
  /** @default 11 */
  readonly short?: number;
}

/** Coppock curve: the weighted average over `period` bars of the sum of a long and a short rate of change. */
export function coppock(period = 10, options: CoppockOptions = {}): Coppock {
  return new Coppock(period, options);
}

/** See `coppock`. */
export class Coppock extends SeriesIndicator {
  readonly #long: Roc;
  readonly #short: Roc;
  readonly #average: SeriesIndicator<string>;
  #wait = 0;

  constructor(period: number, { long = 14, short = 11 }: CoppockOptions = {}) {
    super(
      ["value"],
      Math.max(wholeNumber("coppock", "long", long), wholeNumber("coppock", "short", short)) + wholeNumber("coppock", "period", period),
    );
    this.#long = new Roc(long);
    this.#short = new Roc(short);
    this.#average = createAverage("coppock", "period", "wma", period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#long.next(value);
    this.#short.next(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.#average.next(this.#long.value + this.#short.value);
    this.current[0] = this.#average.value;
  }

  override reset(): void {
    super.reset();
    this.#long.reset();
    this.#short.reset();
    this.#average.reset();
    this.#wait = Math.max(this.#long.warmup, this.#short.warmup) - 1;
  }
}
