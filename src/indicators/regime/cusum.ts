import type { Bar } from "../../domain/bar.ts";
import { oneOf, realNumber, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { isRounding, meanOf, squaresOf } from "../statistics/deviations.ts";

export type CusumLine = "change" | "up" | "down";

/** Mean and standard deviation of the logarithm of a squared standard normal number: −γ − ln 2 and π / √2. */
const LOG_MEAN = -1.2703628454614782;
const LOG_DEVIATION = Math.PI / Math.SQRT2;
const STEP_MAX = 2.5;

/** What is watched for a change: the mean of the returns or their variance. */
export const CUSUM_TARGETS = ["mean", "variance"] as const;
export type CusumTarget = (typeof CUSUM_TARGETS)[number];

export interface CusumOptions {
  /** "mean" for the drift of the returns, "variance" for their volatility. @default "variance" */
  readonly target?: CusumTarget;
  /** The sum at which a change is called. @default 8 */
  readonly threshold?: number;
  /** What each bar takes off the sums, so that chance does not add up. @default 0.5 */
  readonly slack?: number;
}

/**
 * Change points by cumulative sums (Page 1954). The first `period` logarithmic returns after the start, or after a change, say
 * what is normal; from then on standardised returns z, or for the variance the standardised logarithms of z², add up on either side, less `slack`; each counts at most 2.5.
 *
 * `change` is 1 on the bar on which the upper sum reaches `threshold`, −1 on that of the lower, else 0; then a new normal is
 * learned, during which the sums are 0. `up` and `down` are the sums.
 */
export function cusum(period = 50, options: CusumOptions = {}): Cusum {
  return new Cusum(period, options);
}

/** See `cusum`. A price that is not positive has no return: its bar and the next give NaN and are passed over. */
export class Cusum extends SeriesIndicator<CusumLine> {
  readonly #target: CusumTarget;
  readonly #threshold: number;
  readonly #slack: number;
  readonly #normal: RollingWindow;
  #mean = NaN;
  #deviation = NaN;
  #isWatching = false;
  #hasLearned = false;
  #previous = NaN;
  #hasBegun = false;
  #up = NaN;
  #down = NaN;

  constructor(period: number, { target = "variance", threshold = 8, slack = 0.5 }: CusumOptions = {}) {
    super(["change", "up", "down"], wholeNumber("cusum", "period", period, { min: 5 }) + 2);
    this.#target = oneOf("cusum", "target", target, CUSUM_TARGETS);
    this.#threshold = realNumber("cusum", "threshold", threshold, { min: 0.1, max: 1_000 });
    this.#slack = realNumber("cusum", "slack", slack, { min: 0, max: 10 });
    this.#normal = new RollingWindow(period);
    this.reset();
  }

  get change(): number {
    return this.current[0] as number;
  }

  get up(): number {
    return this.current[1] as number;
  }

  get down(): number {
    return this.current[2] as number;
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
    if (this.#isWatching) this.#watch(change);
    else this.#learn(change);
  }

  override reset(): void {
    super.reset();
    this.#normal.reset();
    this.#mean = NaN;
    this.#deviation = NaN;
    this.#isWatching = false;
    this.#hasLearned = false;
    this.#previous = NaN;
    this.#hasBegun = false;
    this.#up = 0;
    this.#down = 0;
  }

  #learn(change: number): void {
    if (this.#hasLearned) this.current.fill(0);
    if (!this.#normal.push(change)) return;
    const { values, start, end, period } = this.#normal;
    const squares = squaresOf(values, start, end);
    this.#mean = meanOf(values, start, end);
    // Without any spread nothing can be called unusual.
    this.#deviation = isRounding(squares, period, 1) ? Infinity : Math.sqrt(squares / (period - 1));
    this.#isWatching = true;
    this.#hasLearned = true;
  }

  #watch(change: number): void {
    const step = this.#deviation === Infinity ? 0 : this.#step((change - this.#mean) / this.#deviation);
    this.#up = Math.max(0, this.#up + step - this.#slack);
    this.#down = Math.max(0, this.#down - step - this.#slack);
    const isUp = this.#up >= this.#threshold;
    const isDown = !isUp && this.#down >= this.#threshold;
    this.current[0] = isUp ? 1 : isDown ? -1 : 0;
    this.current[1] = this.#up;
    this.current[2] = this.#down;
    if (!isUp && !isDown) return;
    this.#up = 0;
    this.#down = 0;
    this.#normal.reset();
    this.#isWatching = false;
  }

  /** What a standardised return adds to the sums; a single one far out is no change yet. */
  #step(z: number): number {
    const step = this.#target === "mean" ? z : (Math.log(z * z) - LOG_MEAN) / LOG_DEVIATION;
    return step > STEP_MAX ? STEP_MAX : step < -STEP_MAX ? -STEP_MAX : step;
  }
}
