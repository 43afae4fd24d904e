/** What every instrument says about itself. Steps are decimal strings exactly as the exchange writes them. */
interface InstrumentBase {
  /** The exchange's own name, such as `BTCUSDT`. */
  readonly symbol: string;
  /** Lower-case exchange name, such as `binance`. */
  readonly exchange: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  /** Asset in which profit, loss and fees are booked. */
  readonly settleAsset: string;
  /** Smallest difference of two prices, such as "0.01". */
  readonly priceStep: string;
  /** Smallest difference of two quantities: base units, or contracts for derivatives that count in contracts. */
  readonly quantityStep: string;
  /** Smallest quantity of an order. @default the quantity step */
  readonly quantityMin?: string;
  readonly quantityMax?: string;
  /** Smallest value of an order in the quote asset. @default none */
  readonly notionalMin?: string;
}

/** Base asset against quote asset, delivered at once. */
export interface SpotInstrument extends InstrumentBase {
  readonly kind: "spot";
}

interface FuturesBase extends InstrumentBase {
  /**
   * Linear: a contract is `contractSize` base units and settles in the quote asset.
   * Inverse: a contract is `contractSize` quote units and settles in the base asset.
   */
  readonly contractType: "linear" | "inverse";
  /** Decimal string; "1" where the exchange counts in base units. */
  readonly contractSize: string;
  /** Highest leverage the exchange allows. @default 125 */
  readonly leverageMax?: number;
  /** Share of the position's value that must stay as margin. @default 0.004 */
  readonly maintenanceMarginRate?: number;
}

/** A future without expiry, held to spot by funding payments. */
export interface PerpetualInstrument extends FuturesBase {
  readonly kind: "perpetual";
}

/** A future that is settled at a date. */
export interface DatedFutureInstrument extends FuturesBase {
  readonly kind: "future";
  /** Milliseconds since the epoch, UTC. */
  readonly expiryTime: number;
}

/** A European option as the crypto exchanges list them. */
export interface OptionInstrument extends InstrumentBase {
  readonly kind: "option";
  readonly right: "call" | "put";
  /** Decimal string. */
  readonly strike: string;
  /** Milliseconds since the epoch, UTC. */
  readonly expiryTime: number;
  readonly contractSize: string;
}

export type Instrument = SpotInstrument | PerpetualInstrument | DatedFutureInstrument | OptionInstrument;

/** Market part of an archive path and of the command line: where an instrument is listed. */
export const MARKETS = ["spot", "linear", "inverse", "option"] as const;
export type Market = (typeof MARKETS)[number];

/** The market an instrument is listed on. */
export function marketOf(instrument: Instrument): Market {
  switch (instrument.kind) {
    case "spot":
      return "spot";
    case "option":
      return "option";
    case "perpetual":
    case "future":
      return instrument.contractType;
  }
}

/** Whether a unit of the instrument is worth more settle asset when its price falls (profit is in 1/price). */
export function isInverse(instrument: Instrument): boolean {
  return (instrument.kind === "perpetual" || instrument.kind === "future") && instrument.contractType === "inverse";
}

/** Quantity of one contract as a decimal string; "1" for spot. */
export function contractSizeOf(instrument: Instrument): string {
  return instrument.kind === "spot" ? "1" : instrument.contractSize;
}

/** Whether a position can be negative. */
export function canShort(instrument: Instrument): boolean {
  return instrument.kind !== "spot";
}
