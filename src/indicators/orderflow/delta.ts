import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { moneyFlowVolume } from "../volume/money-flow.ts";

export type DeltaLine = "value" | "buys" | "sells";

/**
 * Delta of a bar, estimated: a bar does not say who took liquidity, so its volume is split by where it closes in its range, all
 * of it bought at the high, all sold at the low, half each in the middle or without range. `tradeDelta` counts the real trades.
 */
export function delta(): Delta {
  return new Delta();
}

/** See `delta`. */
export class Delta extends BarIndicator<DeltaLine> {
  constructor() {
    super(["value", "buys", "sells"], 1);
  }

  get buys(): number {
    return this.current[1] as number;
  }

  get sells(): number {
    return this.current[2] as number;
  }

  update({ high, low, close, volume }: Bar): void {
    const difference = moneyFlowVolume(high, low, close, volume);
    this.current[0] = difference;
    this.current[1] = (volume + difference) / 2;
    this.current[2] = (volume - difference) / 2;
  }
}
