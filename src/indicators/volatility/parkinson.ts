import type { Bar } from "../../domain/bar.ts";
import type { AnnualOptions } from "./annual.ts";
import { RangeVolatility } from "./range-volatility.ts";

const SCALE = 1 / (4 * Math.LN2);

/** Parkinson volatility: from high and low alone, per bar unless `barsPerYear` is set; five times as efficient as from closes, but blind to gaps. */
export function parkinson(period = 20, options: AnnualOptions = {}): Parkinson {
  return new Parkinson(period, options);
}

/** See `parkinson` and `RangeVolatility`. */
export class Parkinson extends RangeVolatility {
  constructor(period: number, options: AnnualOptions = {}) {
    super("parkinson", period, options);
  }

  protected override variance({ high, low }: Bar): number {
    const range = Math.log(high / low);
    return SCALE * range * range;
  }
}
