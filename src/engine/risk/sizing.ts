import { unreachable } from "../../base/assert.ts";
import type { Sizing } from "../../expert/expert.ts";
import type { InstrumentMath } from "../portfolio/instrument-math.ts";

export interface SizingContext {
  readonly math: InstrumentMath;
  /** The price the order is expected to fill at. */
  readonly price: number;
  readonly equity: number;
  readonly freeMargin: number;
  /** Value of what is held the other way: closing it needs no margin and sets its own free. */
  readonly closing: number;
  readonly leverage: number;
  /** Distance to the stop-loss as a share of the price; NaN without one. */
  readonly stopDistance: number;
  /** Share of the value that fees and slippage may cost. */
  readonly costRate: number;
}

/** Quantity of an order in the instrument's units, not yet on its grid; NaN where the sizing cannot say. */
export function sizeOf(sizing: Sizing, context: SizingContext): number {
  const { math, price, equity, leverage, stopDistance } = context;
  switch (sizing.type) {
    case "fixedBase":
      return sizing.quantity;
    case "fixedQuote":
      return math.isInverse ? sizing.amount / math.multiplier : sizing.amount / math.notional(price, 1);
    case "percentEquity":
      return affordable((equity * leverage * sizing.percent) / 100, context);
    case "riskBased":
      return affordable((equity * sizing.riskPct) / 100 / stopDistance, context);
    default:
      return unreachable(sizing);
  }
}

/** The quantity worth a notional, or what the free margin carries where that is less. */
function affordable(notional: number, { math, price, freeMargin, closing, leverage, costRate }: SizingContext): number {
  const free = freeMargin + closing / leverage;
  const most = math.isSpot ? freeMargin / (1 + costRate) : closing + (free * leverage) / (1 + costRate * leverage);
  return Math.max(0, Math.min(notional, most)) / math.notional(price, 1);
}
