import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";

export type HeikinAshiLine = "close" | "open" | "high" | "low";

/**
 * Heikin-Ashi bars: each opens in the middle of the body before it and closes at the average of its bar's four prices, so that
 * a run of one colour lasts as long as the move. The close is the first line: it is what other indicators read of it.
 */
export function heikinAshi(): HeikinAshi {
  return new HeikinAshi();
}

/** See `heikinAshi`. The first bar opens in the middle of its own body, on which every later open depends a little less. */
export class HeikinAshi extends BarIndicator<HeikinAshiLine> {
  #previousMiddle = NaN;
  #hasBegun = false;

  constructor() {
    super(["close", "open", "high", "low"], 1);
  }

  get close(): number {
    return this.current[0] as number;
  }

  get open(): number {
    return this.current[1] as number;
  }

  get high(): number {
    return this.current[2] as number;
  }

  get low(): number {
    return this.current[3] as number;
  }

  update(bar: Bar): void {
    const close = (bar.open + bar.high + bar.low + bar.close) / 4;
    const open = this.#hasBegun ? this.#previousMiddle : (bar.open + bar.close) / 2;
    this.#hasBegun = true;
    this.#previousMiddle = (open + close) / 2;
    this.current[0] = close;
    this.current[1] = open;
    this.current[2] = Math.max(bar.high, open, close);
    this.current[3] = Math.min(bar.low, open, close);
  }

  override reset(): void {
    super.reset();
    this.#hasBegun = false;
    this.#previousMiddle = NaN;
  }
}
