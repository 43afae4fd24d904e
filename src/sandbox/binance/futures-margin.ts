import { isInverse, type Instrument } from "../../domain/instrument.ts";
import type { VenuePosition } from "../../engine/venue-facts.ts";
import { valueOf, type Market } from "./market.ts";

/** A position with what follows from it and the mark price, in the settle asset. */
export interface FuturesMargin {
  readonly instrument: Instrument;
  readonly position: VenuePosition;
  readonly entryPrice: number;
  readonly markPrice: number;
  readonly leverage: number;
  readonly isIsolated: boolean;
  /** Signed as the position is. */
  readonly notional: number;
  readonly unrealized: number;
  readonly initialMargin: number;
  readonly maintenanceMargin: number;
}

/** One row per symbol (one-way) or two (hedge), flat positions included. */
export function marginsOf(market: Market): readonly FuturesMargin[] {
  const held = market.venue.positions();
  const sides = market.venue.positionMode === "hedge" ? (["long", "short"] as const) : (["net"] as const);
  return market.venue.instruments.flatMap((instrument) =>
    sides.map((side) => {
      const found = held.find((one) => one.symbol === instrument.symbol && one.side === side);
      return marginOf(market, instrument, found ?? { symbol: instrument.symbol, side, quantity: 0, entryPrice: NaN });
    }),
  );
}

export function marginOf(market: Market, instrument: Instrument, position: VenuePosition): FuturesMargin {
  const markPrice = market.venue.markPrice(instrument.symbol);
  const entryPrice = position.quantity === 0 ? 0 : position.entryPrice;
  const leverage = market.venue.leverageOf(instrument.symbol);
  const notional = valueOf(instrument, position.quantity, markPrice);
  const atEntry = position.quantity === 0 ? 0 : valueOf(instrument, position.quantity, entryPrice);
  const rate = instrument.kind === "perpetual" || instrument.kind === "future" ? (instrument.maintenanceMarginRate ?? 0.004) : 0;
  return {
    instrument,
    position,
    entryPrice,
    markPrice,
    leverage,
    isIsolated: market.venue.marginModeOf(instrument.symbol) === "isolated",
    notional,
    unrealized: isInverse(instrument) ? atEntry - notional : notional - atEntry,
    initialMargin: Math.abs(notional) / leverage,
    maintenanceMargin: Math.abs(notional) * rate,
  };
}

/** The account of a market whose instruments all settle in one asset, and the sum of unlike assets otherwise, as Binance shows it. */
export function summaryOf(market: Market): {
  readonly wallet: number;
  readonly free: number;
  readonly unrealized: number;
  readonly positionMargin: number;
  readonly maintenanceMargin: number;
  readonly margins: readonly FuturesMargin[];
} {
  const margins = marginsOf(market);
  const balances = market.venue.balances();
  return {
    wallet: balances.reduce((sum, { total }) => sum + total, 0),
    free: balances.reduce((sum, { free }) => sum + free, 0),
    unrealized: margins.reduce((sum, { unrealized }) => sum + unrealized, 0),
    positionMargin: margins.reduce((sum, { initialMargin }) => sum + initialMargin, 0),
    maintenanceMargin: margins.reduce((sum, { maintenanceMargin }) => sum + maintenanceMargin, 0),
    margins,
  };
}
