import type { Bar } from "../../domain/bar.ts";
import { HomodyneDiscriminator } from "../cycle/hilbert.ts";
import { SeriesIndicator } from "../series-indicator.ts";

const WARMUP = 64;
const CYCLE_MAX = 50;

/** Hilbert transform's instantaneous trendline (Ehlers): the average over one measured cycle, which takes the cycle out. */
export function htTrendline(): HtTrendline {
  return new HtTrendline();
}

/** See `htTrendline`. */
export class HtTrendline extends SeriesIndicator {
  readonly #cycle = new HomodyneDiscriminator(37);
  readonly #prices = new Float64Array(CYCLE_MAX);
  #slot = 0;
  #count = 0;
  #trend1 = NaN;
  #trend2 = NaN;
  #trend3 = NaN;

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
    if (!this.#cycle.next(value)) return;
    const trend = this.#average(Math.trunc(this.#cycle.smoothPeriod + 0.5));
    const line = (4 * trend + 3 * this.#trend1 + 2 * this.#trend2 + this.#trend3) / 10;
    this.#trend3 = this.#trend2;
    this.#trend2 = this.#trend1;
    this.#trend1 = trend;
    if (this.#count === WARMUP) this.current[0] = line;
  }

  override reset(): void {
    super.reset();
    this.#cycle.reset();
    this.#slot = 0;
    this.#count = 0;
    this.#trend1 = 0;
    this.#trend2 = 0;
    this.#trend3 = 0;
  }

  /** Mean of the last prices, summed from the newest back. */
  #average(length: number): number {
    let sum = 0;
    let slot = this.#slot;
    for (let step = 0; step < length; step += 1) {
      sum += this.#prices[slot] as number;
      slot = slot === 0 ? CYCLE_MAX - 1 : slot - 1;
    }
    return length > 0 ? sum / length : sum;
  }
}
