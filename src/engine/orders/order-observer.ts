import type { Fill } from "../../domain/fill.ts";
import type { FillResult } from "../portfolio/portfolio.ts";
import type { Restriction } from "../restrictions.ts";
import type { VenuePosition, VenueTransfer } from "../venue-facts.ts";
import type { LiveOrder } from "./live-order.ts";

/** Who wants to know what became of orders: the session, which tells the expert. */
export interface OrderObserver {
  /** The moment of the event being handled. */
  readonly now: number;
  /** Before each request leaves: the exchange has to know the present. */
  beforeRequest(): void;
  /** An order is about to leave. */
  onSent(order: LiveOrder): void;
  onOrderChanged(order: LiveOrder): void;
  onOrderFilled(order: LiveOrder, fill: Fill, result: FillResult): void;
  onLiquidated(fill: Fill, result: FillResult): void;
  onFundingPaid(symbol: string, rate: number, price: number, time: number): void;
  /** Capital came or went by an amount of the settle asset; 0 for funding and other assets. */
  onTransfer(transfer: VenueTransfer, capital: number): void;
  onDrift(symbol: string, position: VenuePosition | undefined, reason: string): void;
  onRestricted(restriction: Restriction): void;
  /** A fill of an order that was taken for finished. */
  onLateFill(order: LiveOrder, fill: Fill): void;
}
