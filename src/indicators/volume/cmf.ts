import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { moneyFlowVolume } from "./money-flow.ts";

/** Chaikin money flow: the volume of the last `period` bars, weighted by where each closes in its range, over their whole volume; −1 to 1. */
export function cmf(period = 20): Cmf {
  return new Cmf(period);
}

/** See `cmf`. Without any volume in the window there is no flow: 0. */
export class Cmf extends BarIndicator {
  readonly #flows: RollingWindow;
  readonly #volumes: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("cmf", "period", period));
    this.#flows = new RollingWindow(period);
    this.#volumes = new RollingWindow(period);
  }

  update({ high, low, close, volume }: Bar): void {
    this.#volumes.push(volume);
    if (!this.#flows.push(moneyFlowVolume(high, low, close, volume))) return;
    const volumes = this.#volumes.sum();
    this.current[0] = volumes === 0 ? 0 : this.#flows.sum() / volumes;
  }

  override reset(): void {
    super.reset();
    this.#flows.reset();
    this.#volumes.reset();
  }
}
