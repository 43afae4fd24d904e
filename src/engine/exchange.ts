import type { BarColumns } from "../domain/bar.ts";
import type { Fill } from "../domain/fill.ts";
import type { Funding } from "../domain/funding.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { OrderRequest, OrderType, TimeInForce } from "../domain/order.ts";
import type { TradeColumns } from "../domain/trade.ts";
import type { Restriction } from "./restrictions.ts";
import type { RejectClass, SeenUntil, VenuePosition, VenueTransfer } from "./venue-facts.ts";

/** What an exchange can do; what it cannot is refused before it is sent. */
export interface ExchangeCapabilities {
  readonly orderTypes: readonly OrderType[];
  readonly timeInForces: readonly TimeInForce[];
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly hedgeMode: boolean;
  /** Order types that can be changed in place; any other is replaced by a new order. */
  readonly amend: readonly OrderType[];
  /**
   * Whether a resting order binds what it would sell, as on spot: alternatives must then be sent as one group, and an order is
   * replaced by cancelling the old one first. Otherwise the new one is placed before the old one goes.
   */
  readonly bindsBalance: boolean;
  /** Most alternatives in one group. */
  readonly groupSizeMax: number;
}

/** A request that an exchange with these capabilities can take: with the exchange known, the compiler refuses what it cannot do. */
export type RequestFor<Capabilities extends ExchangeCapabilities> = OrderRequest & {
  readonly type: Capabilities["orderTypes"][number];
  readonly timeInForce: Capabilities["timeInForces"][number];
  readonly postOnly: Capabilities["postOnly"] extends false ? false : boolean;
  readonly reduceOnly: Capabilities["reduceOnly"] extends false ? false : boolean;
};

/** What may change about a working order; absent fields stay. */
export interface OrderAmendment {
  readonly quantity?: number | undefined;
  readonly price?: number | undefined;
  readonly triggerPrice?: number | undefined;
  readonly trailingPct?: number | undefined;
}

/** What an amendment changes, without the fields that stay. */
export function changesIn(amendment: OrderAmendment): Partial<Record<keyof OrderAmendment, number>> {
  return Object.fromEntries(Object.entries(amendment).filter(([, value]) => value !== undefined));
}

/**
 * Where an exchange reports what becomes of orders. Orders are named by our own id. Every call is a fact: the engine books
 * it before anything else happens.
 */
export interface ExchangeListener {
  /** The order works at the exchange. */
  onAccepted(clientOrderId: string, orderId: string, time: number): void;
  onRejected(clientOrderId: string, reason: string, time: number, rejectClass?: RejectClass): void;
  /** Nobody knows what became of the request; the order counts as if it worked until there is proof. */
  onUnknown(clientOrderId: string, reason: string, time: number): void;
  /** An execution; `isComplete` when nothing of the order is left. */
  onFill(fill: Fill, isComplete: boolean): void;
  /** The exchange has closed (part of) a position by itself; there is no order of ours behind it. Auto-deleveraging has the tag `adl`. */
  onLiquidated(fill: Fill): void;
  onAmended(clientOrderId: string, amendment: OrderAmendment, time: number): void;
  onCancelled(clientOrderId: string, reason: string, time: number): void;
  /** The end of its time in force. */
  onExpired(clientOrderId: string, reason: string, time: number): void;
  /** A funding payment on the position held; `rate` above zero is paid by longs. */
  onFundingPaid(symbol: string, rate: number, price: number, time: number): void;
  /** A request to cancel or amend that the exchange did not carry out. */
  onRequestRejected(clientOrderId: string, reason: string, time: number): void;
  /** Money that moved without a trade of ours: funding in its exact amount, deposits, withdrawals. */
  onTransfer(transfer: VenueTransfer): void;
  /**
   * The exchange's position differs from what our fills add up to, and no evidence explains it. Nothing is corrected silently: no risk is
   * added to the symbol until both agree (`position` undefined). With `isClosed` somebody else's trades have closed what we held, which is
   * proven: what would reduce it has nothing left to do.
   */
  onDrift(symbol: string, position: VenuePosition | undefined, reason: string, time: number, isClosed?: boolean): void;
  /** The exchange takes orders of a symbol by other rules than before. */
  onRulesChanged(instrument: Instrument): void;
  /** Everything up to these moments has been asked for and reported: after a restart the questions begin there. */
  onCaughtUp(until: SeenUntil): void;
  /** The account or its settings are not as the run needs them: no risk is added until they are. */
  onRestricted(restriction: Restriction, time: number): void;
}

/** A call to the listener as data, for journals and queues. */
export type ExchangeReport =
  | { readonly kind: "accepted"; readonly clientOrderId: string; readonly orderId: string; readonly time: number }
  | {
      readonly kind: "rejected";
      readonly clientOrderId: string;
      readonly reason: string;
      readonly time: number;
      readonly rejectClass?: RejectClass;
    }
  | { readonly kind: "unknown"; readonly clientOrderId: string; readonly reason: string; readonly time: number }
  | { readonly kind: "fill"; readonly fill: Fill; readonly isComplete: boolean; readonly time: number }
  | { readonly kind: "liquidated"; readonly fill: Fill; readonly time: number }
  | { readonly kind: "amended"; readonly clientOrderId: string; readonly amendment: OrderAmendment; readonly time: number }
  | { readonly kind: "cancelled"; readonly clientOrderId: string; readonly reason: string; readonly time: number }
  | { readonly kind: "expired"; readonly clientOrderId: string; readonly reason: string; readonly time: number }
  | { readonly kind: "requestRejected"; readonly clientOrderId: string; readonly reason: string; readonly time: number }
  | { readonly kind: "transfer"; readonly transfer: VenueTransfer; readonly time: number }
  | {
      readonly kind: "drift";
      readonly symbol: string;
      readonly position?: VenuePosition | undefined;
      readonly reason: string;
      readonly isClosed?: boolean;
      readonly time: number;
    }
  | { readonly kind: "rulesChanged"; readonly instrument: Instrument; readonly time: number }
  | { readonly kind: "caughtUp"; readonly until: SeenUntil; readonly time: number }
  | { readonly kind: "restricted"; readonly restriction: Restriction; readonly time: number };

/** Makes the call that a report stands for. */
export function deliver(report: ExchangeReport, listener: ExchangeListener): void {
  switch (report.kind) {
    case "accepted":
      return listener.onAccepted(report.clientOrderId, report.orderId, report.time);
    case "rejected":
      return listener.onRejected(report.clientOrderId, report.reason, report.time, report.rejectClass);
    case "unknown":
      return listener.onUnknown(report.clientOrderId, report.reason, report.time);
    case "fill":
      return listener.onFill(report.fill, report.isComplete);
    case "liquidated":
      return listener.onLiquidated(report.fill);
    case "amended":
      return listener.onAmended(report.clientOrderId, report.amendment, report.time);
    case "cancelled":
      return listener.onCancelled(report.clientOrderId, report.reason, report.time);
    case "expired":
      return listener.onExpired(report.clientOrderId, report.reason, report.time);
    case "requestRejected":
      return listener.onRequestRejected(report.clientOrderId, report.reason, report.time);
    case "transfer":
      return listener.onTransfer(report.transfer);
    case "drift":
      return listener.onDrift(report.symbol, report.position, report.reason, report.time, report.isClosed);
    case "rulesChanged":
      return listener.onRulesChanged(report.instrument);
    case "caughtUp":
      return listener.onCaughtUp(report.until);
    case "restricted":
      return listener.onRestricted(report.restriction, report.time);
  }
}

/**
 * What the engine needs from an exchange. Requests return nothing: what becomes of them is reported to the listener, by a
 * simulated exchange during the call or with the next market data, by a real one later.
 */
export interface Exchange {
  readonly name: string;
  readonly capabilities: ExchangeCapabilities;
  readonly instruments: readonly Instrument[];
  /** Called once, before the first request. */
  connect(listener: ExchangeListener): void;
  /** The request is only valid during the call. */
  submit(request: OrderRequest): void;
  /** Alternatives: the first to fill cancels the others. Valid during the call. */
  submitGroup(requests: readonly OrderRequest[]): void;
  amend(clientOrderId: string, amendment: OrderAmendment): void;
  cancel(clientOrderId: string): void;
  /** Orders of a symbol should have filled and nobody has told of it: ask. Absent where nothing can be missed. */
  inquire?(symbol: string): void;
}

/** Prices between which a venue has nothing to do: rows with a high below `up` and a low above `down`. It changes in place. */
export interface QuietRange {
  readonly up: number;
  readonly down: number;
}

/**
 * Sees the market before the expert does. The simulated exchange is one, so that its orders fill on data that came after
 * they were sent; the session shows it each row and needs to know nothing else about it.
 */
export interface MarketObserver {
  /** Time has come this far; requests made from now on carry this moment. */
  onTime(time: number): void;
  /** Bar `row` of a stream's columns has closed at `closeTime`; orders sent before its open may have filled inside it. */
  onBar(stream: number, columns: BarColumns, row: number, closeTime: number): void;
  /** Where nothing can happen to a stream's orders; rows inside it need not be shown one by one. */
  quietRange(stream: number): QuietRange;
  /** Rows inside the quiet range have passed; this is the price and the moment they ended with. */
  onQuiet(stream: number, price: number, time: number): void;
  onTrade(stream: number, columns: TradeColumns, row: number): void;
  onFunding(stream: number, funding: Funding): void;
}
