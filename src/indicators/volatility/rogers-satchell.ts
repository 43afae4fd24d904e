import type { Bar } from "../../domain/bar.ts";
import type { AnnualOptions } from "./annual.ts";
import { RangeVolatility } from "./range-volatility.ts";

/** Rogers-Satchell volatility: from open, high, low and close, per bar unless `barsPerYear` is set; right in a trend as well, but blind to gaps. */
export function rogersSatchell(period = 20, options: AnnualOptions = {}): RogersSatchell {
  return new RogersSatchell(period, options);
}

/** See `rogersSatchell` and `RangeVolatility`. */
export class RogersSatchell extends RangeVolatility {
  constructor(period: number, options: AnnualOptions = {}) {
    super("rogersSatchell", period, options);
  }

  protected override variance({ open, high, low, close }: Bar): number {
    return Math.log(high / close) * Math.log(high / open) + Math.log(low / close) * Math.log(low / open);
  }
}
