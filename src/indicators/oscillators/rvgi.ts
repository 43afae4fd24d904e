import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import type { SignalledLine } from "./tsi.ts";

/**
 * Relative vigor index (Ehlers): bodies over ranges, each smoothed by weights 1, 2, 2, 1 over four bars and summed over `period`;
 * `signal` smooths the index the same way. 0 where there is no range.
 */
export function rvgi(period = 10): Rvgi {
  return new Rvgi(period);
}

/** See `rvgi`. */
export class Rvgi extends BarIndicator<SignalledLine> {
  readonly #bodies = new RollingWindow(4);
  readonly #ranges = new RollingWindow(4);
  readonly #values = new RollingWindow(4);
  readonly #smoothBodies: RollingWindow;
  readonly #smoothRanges: RollingWindow;

  constructor(period: number) {
    super(["value", "signal"], wholeNumber("rvgi", "period", period) + 6);
    this.#smoothBodies = new RollingWindow(period);
    this.#smoothRanges = new RollingWindow(period);
  }

  get signal(): number {
    return this.current[1] as number;
  }

  update({ open, high, low, close }: Bar): void {
    this.#bodies.push(close - open);
    if (!this.#ranges.push(high - low)) return;
    this.#smoothBodies.push(bell(this.#bodies));
    if (!this.#smoothRanges.push(bell(this.#ranges))) return;
    const ranges = this.#smoothRanges.sum();
    const value = ranges === 0 ? 0 : this.#smoothBodies.sum() / ranges;
    if (!this.#values.push(value)) return;
    this.current[0] = value;
    this.current[1] = bell(this.#values);
  }

  override reset(): void {
    super.reset();
    this.#bodies.reset();
    this.#ranges.reset();
    this.#values.reset();
    this.#smoothBodies.reset();
    this.#smoothRanges.reset();
  }
}

/** The last four numbers weighted 1, 2, 2, 1. */
function bell({ values, start }: RollingWindow): number {
  const outer = (values[start] as number) + (values[start + 3] as number);
  const inner = (values[start + 1] as number) + (values[start + 2] as number);
  return (outer + 2 * inner) / 6;
}
