import type { Balance } from "../../domain/account.ts";
import type { SpotInstrument } from "../../domain/instrument.ts";
import type { VenuePosition } from "../venue-facts.ts";
import type { Tracker } from "./tracker.ts";

/** The exchange's position of a symbol where it is not what our fills add up to; undefined when both agree. An empty answer says flat. */
export function positionDifference(symbol: string, positions: readonly VenuePosition[], tracker: Tracker): VenuePosition | undefined {
  const own = positions.filter((position) => position.symbol === symbol);
  for (const side of ["net", "long", "short"] as const) {
    const there = own.find((position) => position.side === side);
    const steps = there === undefined ? 0 : tracker.toSteps(symbol, Math.abs(there.quantity)) * Math.sign(there.quantity);
    if (steps !== tracker.positionSteps(symbol, side)) return there ?? { symbol, side, quantity: 0, entryPrice: NaN };
  }
  return undefined;
}

/** On spot the account may hold more than the run has bought; what is held where it is less, else undefined. */
export function spotShortfall(
  { symbol, baseAsset }: SpotInstrument,
  balances: readonly Balance[],
  tracker: Tracker,
): VenuePosition | undefined {
  const quantity = balances.find(({ asset }) => asset === baseAsset)?.total ?? 0;
  if (tracker.toSteps(symbol, quantity, "floor") >= tracker.positionSteps(symbol, "net")) return undefined;
  return { symbol, side: "net", quantity, entryPrice: NaN };
}
