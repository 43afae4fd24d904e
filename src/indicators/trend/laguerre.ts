import type { Bar } from "../../domain/bar.ts";
import { realNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { LaguerreStages } from "./laguerre-stages.ts";

export interface LaguerreOptions {
  /** Share of the past each stage keeps: 0 follows at once, near 1 is slow. @default 0.8 */
  readonly gamma?: number;
}

/** Laguerre filter (Ehlers): four all-pass stages averaged with weights 1, 2, 2, 1; smooth for its lag. It starts from the first number. */
export function laguerre(options: LaguerreOptions = {}): Laguerre {
  return new Laguerre(options);
}

/** See `laguerre`. */
export class Laguerre extends SeriesIndicator {
  readonly #stages: LaguerreStages;

  constructor({ gamma = 0.8 }: LaguerreOptions = {}) {
    super(["value"], 1);
    this.#stages = new LaguerreStages(realNumber("laguerre", "gamma", gamma, { min: 0, max: 0.99 }));
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const stages = this.#stages;
    stages.next(value);
    this.current[0] = (stages.l0 + 2 * stages.l1 + 2 * stages.l2 + stages.l3) / 6;
  }

  override reset(): void {
    super.reset();
    this.#stages.reset();
  }
}
