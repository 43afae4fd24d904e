import type { Bar } from "../../domain/bar.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { meanOf, squaresOf } from "../statistics/deviations.ts";
import { RunLengths } from "./run-lengths.ts";

export type ChangePointLine = "recent" | "length";

export interface ChangePointOptions {
  /** How many bars a regime lasts on average, as far as known beforehand. @default 250 */
  readonly expected?: number;
  /** Bars within which a change counts as recent. @default 10 */
  readonly within?: number;
  /** Longest run that is told apart from longer ones. @default 500 */
  readonly longest?: number;
}

/**
 * Bayesian online change-point detection (Adams and MacKay 2007) on logarithmic returns whose mean and variance may both change.
 *
 * `recent` is the chance, given returns up to this bar, that the regime began within the last `within` bars; `length` is the
 * likeliest number of bars since it began. The first `period` returns say what size of returns to expect of any regime.
 */
export function changePoint(period = 50, options: ChangePointOptions = {}): ChangePoint {
  return new ChangePoint(period, options);
}

/** See `changePoint`. A price that is not positive has no return: its bar and the next give NaN and are passed over. */
export class ChangePoint extends SeriesIndicator<ChangePointLine> {
  readonly #first: Float64Array;
  readonly #runs: RunLengths;
  readonly #within: number;
  #count = 0;
  #previous = NaN;
  #hasBegun = false;
  #center = NaN;
  #spread = NaN;

  constructor(period: number, { expected = 250, within = 10, longest = 500 }: ChangePointOptions = {}) {
    super(["recent", "length"], wholeNumber("changePoint", "period", period, { min: 5 }) + 1);
    realNumber("changePoint", "expected", expected, { min: 2, max: 1e9 });
    this.#within = wholeNumber("changePoint", "within", within);
    this.#runs = new RunLengths(wholeNumber("changePoint", "longest", longest, { min: 10, max: 10_000 }), 1 / expected);
    this.#first = new Float64Array(period);
    this.reset();
  }

  get recent(): number {
    return this.current[0] as number;
  }

  get length(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const previous = this.#previous;
    this.#previous = value;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    if (!(value > 0 && previous > 0 && value < Infinity && previous < Infinity)) {
      this.current.fill(NaN);
      return;
    }
    const change = Math.log(value / previous);
    if (this.#count < this.#first.length) {
      this.#first[this.#count] = change;
      this.#count += 1;
      if (this.#count < this.#first.length) return;
      this.#begin();
    } else this.#runs.push((change - this.#center) / this.#spread);
    this.current[0] = this.#runs.shareWithin(this.#within);
    this.current[1] = this.#runs.likeliest;
  }

  override reset(): void {
    super.reset();
    this.#runs.reset();
    this.#count = 0;
    this.#previous = NaN;
    this.#hasBegun = false;
    this.#center = NaN;
    this.#spread = NaN;
  }

  /** Learns the size of returns and shows the first ones. */
  #begin(): void {
    const first = this.#first;
    const spread = Math.sqrt(squaresOf(first, 0, first.length) / (first.length - 1));
    this.#center = meanOf(first, 0, first.length);
    // Returns that do not spread at all are measured in hundredths of a percent.
    this.#spread = spread > 1e-12 ? spread : 1e-4;
    for (let index = 0; index < first.length; index += 1) this.#runs.push(((first[index] as number) - this.#center) / this.#spread);
  }
}
