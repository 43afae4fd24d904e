import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { DominantPhase } from "./dominant-phase.ts";

const WARMUP = 64;
const CYCLE_MAX = 50;
const RADIANS = 1 / (45 / Math.atan(1));

/** Hilbert transform: 1 while the market trends, 0 while it swings in a cycle (Ehlers). */
export function htTrendMode(): HtTrendMode {
  return new HtTrendMode();
}

/**
 * See `htTrendMode`. It is a trend unless the sine lines crossed less than half a cycle ago or the phase turns at the cycle's
 * own pace, and always when the price is 1.5 % or more off the trendline. Early values depend on where the series begins.
 */
export class HtTrendMode extends SeriesIndicator {
  readonly #dominant = new DominantPhase();
  readonly #prices = new Float64Array(CYCLE_MAX);
  #slot = 0;
  #count = 0;
  #sine = NaN;
  #leadSine = NaN;
  #barsInTrend = 0;
  /** Means over one cycle at the last three bars. */
  #mean1 = NaN;
  #mean2 = NaN;
  #mean3 = NaN;

  constructor() {
    super(["value"], WARMUP);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#count < WARMUP) this.#count += 1;
    this.#slot = this.#slot + 1 === CYCLE_MAX ? 0 : this.#slot + 1;
    this.#prices[this.#slot] = value;
    const phaseBefore = this.#dominant.phase;
    if (!this.#dominant.next(value)) return;
    const { phase, cycle } = this.#dominant;
    const hasCrossed = this.#crosses(phase);
    const trendline = this.#trendline((cycle.smoothPeriod + 0.5) | 0);
    this.#barsInTrend = hasCrossed ? 1 : this.#barsInTrend + 1;
    const turn = phase - phaseBefore;
    const pace = 360 / cycle.smoothPeriod;
    const swings = hasCrossed || this.#barsInTrend < 0.5 * cycle.smoothPeriod || (turn > 0.67 * pace && turn < 1.5 * pace);
    const isFar = trendline !== 0 && Math.abs((cycle.smoothed - trendline) / trendline) >= 0.015;
    if (this.#count === WARMUP) this.current[0] = Number.isNaN(phase) ? Number.NaN : isFar || !swings ? 1 : 0;
  }

  override reset(): void {
    super.reset();
    this.#dominant.reset();
    this.#slot = 0;
    this.#count = 0;
    this.#sine = 0;
    this.#leadSine = 0;
    this.#barsInTrend = 0;
    this.#mean1 = 0;
    this.#mean2 = 0;
    this.#mean3 = 0;
  }

  /** Whether the sine and the leading sine change sides at this bar. */
  #crosses(phase: number): boolean {
    const sineBefore = this.#sine;
    const leadBefore = this.#leadSine;
    const sine = Math.sin(phase * RADIANS);
    const lead = Math.sin((phase + 45) * RADIANS);
    this.#sine = sine;
    this.#leadSine = lead;
    return (sine > lead && sineBefore <= leadBefore) || (sine < lead && sineBefore >= leadBefore);
  }

  #trendline(length: number): number {
    let sum = 0;
    let slot = this.#slot;
    for (let step = 0; step < length; step += 1) {
      sum += this.#prices[slot] as number;
      slot = slot === 0 ? CYCLE_MAX - 1 : slot - 1;
    }
    const mean = length > 0 ? sum / length : sum;
    const line = (4 * mean + 3 * this.#mean1 + 2 * this.#mean2 + this.#mean3) / 10;
    this.#mean3 = this.#mean2;
    this.#mean2 = this.#mean1;
    this.#mean1 = mean;
    return line;
  }
}
