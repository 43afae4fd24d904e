import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";

/** Market facilitation index (Bill Williams): the bar's range for each unit of its volume. */
export function marketFacilitation(): MarketFacilitation {
  return new MarketFacilitation();
}

/** See `marketFacilitation`. A bar without volume facilitates nothing: 0. */
export class MarketFacilitation extends BarIndicator {
  constructor() {
    super(["value"], 1);
  }

  update({ high, low, volume }: Bar): void {
    this.current[0] = volume === 0 ? 0 : (high - low) / volume;
  }
}
