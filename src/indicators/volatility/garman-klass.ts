import type { Bar } from "../../domain/bar.ts";
import type { AnnualOptions } from "./annual.ts";
import { RangeVolatility } from "./range-volatility.ts";

const BODY_WEIGHT = 2 * Math.LN2 - 1;

/** Garman-Klass volatility: from open, high, low and close, per bar unless `barsPerYear` is set; blind to gaps and misled by a trend. */
export function garmanKlass(period = 20, options: AnnualOptions = {}): GarmanKlass {
  return new GarmanKlass(period, options);
}

/** See `garmanKlass` and `RangeVolatility`. */
export class GarmanKlass extends RangeVolatility {
  constructor(period: number, options: AnnualOptions = {}) {
    super("garmanKlass", period, options);
  }

  protected override variance({ open, high, low, close }: Bar): number {
    const range = Math.log(high / low);
    const body = Math.log(close / open);
    return 0.5 * range * range - BODY_WEIGHT * body * body;
  }
}
