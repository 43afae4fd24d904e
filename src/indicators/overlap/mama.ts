import type { Bar } from "../../domain/bar.ts";
import { HomodyneDiscriminator } from "../cycle/hilbert.ts";
import { realNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

export type MamaLine = "mama" | "fama";

/** Limits of the weight that adapts. */
export interface MamaOptions {
  /** @default 0.5 */
  readonly fastLimit?: number;
  /** @default 0.05 */
  readonly slowLimit?: number;
}

const DEGREES = 180 / (4 * Math.atan(1));

/** MESA adaptive moving average (Ehlers): its weight follows how fast the phase of the cycle changes. `fama` follows it. */
export function mama(options: MamaOptions = {}): Mama {
  return new Mama(options);
}

/** See `mama`. */
export class Mama extends SeriesIndicator<MamaLine> {
  readonly #fastLimit: number;
  readonly #slowLimit: number;
  readonly #cycle = new HomodyneDiscriminator(12);
  #count = 0;
  #phase = NaN;
  #mama = NaN;
  #fama = NaN;

  constructor({ fastLimit = 0.5, slowLimit = 0.05 }: MamaOptions = {}) {
    super(["mama", "fama"], 33);
    this.#fastLimit = realNumber("mama", "fastLimit", fastLimit, { min: 0.01, max: 0.99 });
    this.#slowLimit = realNumber("mama", "slowLimit", slowLimit, { min: 0.01, max: 0.99 });
    this.reset();
  }

  get mama(): number {
    return this.current[0] as number;
  }

  get fama(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#count < 33) this.#count += 1;
    if (!this.#cycle.next(value)) return;
    const { inPhase, quadrature } = this.#cycle;
    const phase = inPhase === 0 ? 0 : Math.atan(quadrature / inPhase) * DEGREES;
    const turn = this.#phase - phase;
    this.#phase = phase;
    const weight = turn > 1 ? Math.max(this.#fastLimit / turn, this.#slowLimit) : this.#fastLimit;
    this.#mama = weight * value + (1 - weight) * this.#mama;
    const half = 0.5 * weight;
    this.#fama = half * this.#mama + (1 - half) * this.#fama;
    if (this.#count < 33) return;
    this.current[0] = this.#mama;
    this.current[1] = this.#fama;
  }

  override reset(): void {
    super.reset();
    this.#cycle.reset();
    this.#count = 0;
    this.#phase = 0;
    this.#mama = 0;
    this.#fama = 0;
  }
}
