import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { Delta } from "./delta.ts";

export type ImbalanceLine = "value" | "streak";

/**
 * Order-flow imbalance of the last `period` bars, estimated by `delta`: the summed delta over the summed sizes of the bars'
 * deltas, −1 when only sellers won bars to 1 when only buyers did, 0 where there was none. `streak` counts the bars in a row
 * whose delta had the same sign, negative for sellers. Over volume instead of sizes it would be Chaikin's money flow, `cmf`.
 */
export function imbalance(period = 20): Imbalance {
  return new Imbalance(period);
}

/** See `imbalance`. */
export class Imbalance extends BarIndicator<ImbalanceLine> {
  readonly #delta = new Delta();
  readonly #deltas: RollingWindow;
  #streak = 0;

  constructor(period: number) {
    super(["value", "streak"], wholeNumber("imbalance", "period", period));
    this.#deltas = new RollingWindow(period);
  }

  get streak(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    this.#delta.update(bar);
    const delta = this.#delta.value;
    if (delta > 0) this.#streak = Math.max(this.#streak, 0) + 1;
    else if (delta < 0) this.#streak = Math.min(this.#streak, 0) - 1;
    else this.#streak = 0;
    if (!this.#deltas.push(delta)) return;
    const { values, start, end } = this.#deltas;
    let sum = 0;
    let sizes = 0;
    for (let slot = start; slot < end; slot += 1) {
      sum += values[slot] as number;
      sizes += Math.abs(values[slot] as number);
    }
    this.current[0] = sizes === 0 ? 0 : sum / sizes;
    this.current[1] = this.#streak;
  }

  override reset(): void {
    super.reset();
    this.#delta.reset();
    this.#deltas.reset();
    this.#streak = 0;
  }
}
