import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { TRange } from "./trange.ts";

/** The true range of the bar in percent of its close. */
export function trueRangePercent(): TrueRangePercent {
  return new TrueRangePercent();
}

/** See `trueRangePercent`. At a close of zero it is 0. */
export class TrueRangePercent extends BarIndicator {
  readonly #range = new TRange();

  constructor() {
    super(["value"], 2);
  }

  update(bar: Bar): void {
    this.#range.update(bar);
    const { close } = bar;
    const range = this.#range.value;
    this.current[0] = close === 0 && range >= 0 ? 0 : (range / close) * 100;
  }

  override reset(): void {
    super.reset();
    this.#range.reset();
  }
}
