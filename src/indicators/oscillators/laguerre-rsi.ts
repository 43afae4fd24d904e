import type { Bar } from "../../domain/bar.ts";
import { realNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { LaguerreStages } from "../trend/laguerre-stages.ts";
import type { LaguerreOptions } from "../trend/laguerre.ts";

/** Laguerre RSI (Ehlers): the share of rises among the steps between the four stages of a Laguerre filter, 0 to 1; 0 where nothing moves. */
export function laguerreRsi({ gamma = 0.5 }: LaguerreOptions = {}): LaguerreRsi {
  return new LaguerreRsi(gamma);
}

/** See `laguerreRsi`. */
export class LaguerreRsi extends SeriesIndicator {
  readonly #stages: LaguerreStages;

  constructor(gamma: number) {
    super(["value"], 1);
    this.#stages = new LaguerreStages(realNumber("laguerreRsi", "gamma", gamma, { min: 0, max: 0.99 }));
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#stages.next(value);
    const { l0, l1, l2, l3 } = this.#stages;
    const steps = Math.abs(l0 - l1) + Math.abs(l1 - l2) + Math.abs(l2 - l3);
    const rises = Math.max(0, l0 - l1) + Math.max(0, l1 - l2) + Math.max(0, l2 - l3);
    this.current[0] = steps === 0 ? 0 : rises / steps;
  }

  override reset(): void {
    super.reset();
    this.#stages.reset();
  }
}
