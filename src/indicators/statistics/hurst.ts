import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { isRounding, meanOf } from "./deviations.ts";

export type HurstLine = "hurst" | "corrected";

/** Shortest stretch that is measured, and into how many the window is cut at most. */
const STRETCH_MIN = 8;
const STRETCHES_MAX = 32;

/**
 * Hurst exponent by rescaled range, of the last `period` logarithmic returns: above 0.5 moves persist, below they turn back.
 * Short windows lean towards persistence: a random walk over 100 bars has about 0.6. `corrected` takes that off (Anis and Lloyd).
 */
export function hurst(period = 100): Hurst {
  return new Hurst(period);
}

/**
 * See `hurst`. The window is cut into 1, 2, 4 … 32 stretches of at least 8 returns; the exponent is the slope of the logarithm
 * of their mean rescaled range over that of their length. A stretch that stands still has none: NaN.
 */
export class Hurst extends SeriesIndicator<HurstLine> {
  readonly #returns: RollingWindow;
  readonly #scales: readonly Scale[];
  #previous = NaN;
  #hasBegun = false;

  constructor(period: number) {
    super(["hurst", "corrected"], wholeNumber("hurst", "period", period, { min: 2 * STRETCH_MIN }) + 1);
    this.#returns = new RollingWindow(period);
    this.#scales = scalesOf(period);
  }

  get hurst(): number {
    return this.current[0] as number;
  }

  get corrected(): number {
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
    if (!this.#returns.push(value > 0 && previous > 0 ? Math.log(value / previous) : Number.NaN)) return;
    let plain = 0;
    let corrected = 0;
    for (const scale of this.#scales) {
      const range = this.#meanRange(scale.length, scale.stretches);
      plain += scale.weight * Math.log(range);
      corrected += scale.weight * Math.log(range + scale.correction);
    }
    this.current[0] = plain;
    this.current[1] = corrected;
  }

  override reset(): void {
    super.reset();
    this.#returns.reset();
    this.#previous = NaN;
    this.#hasBegun = false;
  }

  /** Mean of the rescaled ranges of the last stretches of a length; the oldest returns that fill none are left out. */
  #meanRange(length: number, stretches: number): number {
    const { values, end } = this.#returns;
    let sum = 0;
    for (let stretch = 1; stretch <= stretches; stretch += 1) {
      const from = end - stretch * length;
      sum += rescaledRange(values, from, from + length);
    }
    return sum / stretches;
  }
}

/** A length of stretches, how many there are, and what they count in the slope. */
interface Scale {
  readonly length: number;
  readonly stretches: number;
  readonly weight: number;
  /** What brings the rescaled range that chance alone gives to its value for long stretches. */
  readonly correction: number;
}

function scalesOf(period: number): Scale[] {
  const scales: { length: number; stretches: number }[] = [];
  for (let stretches = 1; stretches <= STRETCHES_MAX && Math.floor(period / stretches) >= STRETCH_MIN; stretches *= 2) {
    scales.push({ length: Math.floor(period / stretches), stretches });
  }
  const logarithms = scales.map(({ length }) => Math.log(length));
  const mean = logarithms.reduce((sum, value) => sum + value, 0) / scales.length;
  const squares = logarithms.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return scales.map(({ length, stretches }, index) => ({
    length,
    stretches,
    weight: ((logarithms[index] as number) - mean) / squares,
    correction: Math.sqrt((Math.PI * length) / 2) - expectedRange(length),
  }));
}

/** The range of the running sum of distances from the mean, over the standard deviation. */
function rescaledRange(values: Float64Array, from: number, to: number): number {
  const mean = meanOf(values, from, to);
  let sum = 0;
  let highest = -Infinity;
  let lowest = Infinity;
  let squares = 0;
  for (let index = from; index < to; index += 1) {
    const distance = (values[index] as number) - mean;
    sum += distance;
    if (sum > highest) highest = sum;
    if (sum < lowest) lowest = sum;
    squares += distance * distance;
  }
  return isRounding(squares, to - from, 1) ? Number.NaN : (highest - lowest) / Math.sqrt(squares / (to - from));
}

/** The rescaled range that Anis and Lloyd (1976) expect of `length` random numbers. */
function expectedRange(length: number): number {
  // Γ((n − 1) / 2) / Γ(n / 2), from its value at 2 or 3 in steps of two.
  let ratio = length % 2 === 0 ? Math.sqrt(Math.PI) : 2 / Math.sqrt(Math.PI);
  for (let n = length % 2 === 0 ? 2 : 3; n < length; n += 2) ratio *= (n - 1) / n;
  let sum = 0;
  for (let step = 1; step < length; step += 1) sum += Math.sqrt((length - step) / step);
  return (ratio / Math.sqrt(Math.PI)) * sum;
}
