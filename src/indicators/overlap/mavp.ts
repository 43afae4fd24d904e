import { ConfigurationError } from "../../base/errors.ts";
import type { Bar } from "../../domain/bar.ts";
import { PairIndicator } from "../pair-indicator.ts";
import { oneOf, wholeNumber } from "../parameters.ts";
import type { SeriesIndicator } from "../series-indicator.ts";
import { AVERAGES, createAverage, type Average } from "./ma.ts";

const PERIOD_LIMIT = 1_000;

/** Limits of the period that varies, and the kind of average. */
export interface MavpOptions {
  /** @default 2 */
  readonly min?: number;
  /** @default 30 */
  readonly max?: number;
  /** @default "sma" */
  readonly average?: Average;
}

/**
 * Moving average with a period that varies: the second source says the period for each bar, cut to a whole number and kept
 * within the limits. An average runs for every period in between, so a wide range costs time and memory.
 *
 * @example
 * const adaptive = mavp({ min: 6, max: 50 }).of("close", htDcPeriod());
 */
export function mavp(options: MavpOptions = {}): Mavp {
  return new Mavp(options);
}

/** See `mavp`. All averages start so that their first values fall on the same bar, as in TA-Lib. */
export class Mavp extends PairIndicator {
  readonly #min: number;
  readonly #averages: readonly SeriesIndicator<string>[];
  readonly #longest: number;
  #count = 0;

  constructor({ min = 2, max = 30, average = "sma" }: MavpOptions = {}) {
    const first = wholeNumber("mavp", "min", min, { min: 2, max: PERIOD_LIMIT });
    const last = wholeNumber("mavp", "max", max, { min: 2, max: PERIOD_LIMIT });
    if (first > last) throw new ConfigurationError(`mavp: min is not above max, got ${min} and ${max}`);
    oneOf("mavp", "average", average, AVERAGES);
    const averages = Array.from({ length: last - first + 1 }, (_, index) => createAverage("mavp", "average", average, first + index));
    const longest = Math.max(...averages.map(({ warmup }) => warmup));
    super(["value"], longest, "close", "close");
    this.#min = min;
    this.#averages = averages;
    this.#longest = longest;
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.first, this.second);
  }

  next(value: number, period: number): void {
    if (this.#count < this.#longest) this.#count += 1;
    for (const average of this.#averages) {
      if (this.#count > this.#longest - average.warmup) average.next(value);
    }
    if (this.#count < this.#longest) return;
    const index = Math.trunc(period) - this.#min;
    const chosen = this.#averages[Math.min(Math.max(index, 0), this.#averages.length - 1)];
    this.current[0] = chosen === undefined ? NaN : chosen.value;
  }

  override reset(): void {
    super.reset();
    this.#count = 0;
    for (const average of this.#averages) average.reset();
  }
}
