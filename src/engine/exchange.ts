import type { BarColumns } from "../domain/bar.ts";
import type { Fill } from "../domain/fill.ts";
import type { Funding } from "../domain/funding.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { OrderRequest, OrderType, TimeInForce } from "../domain/order.ts";
import type { TradeColumns } from "../domain/trade.ts";

/** What an exchange can do; what it cannot is refused before it is sent. */
export interface ExchangeCapabilities {
  readonly orderTypes: readonly OrderType[];
  readonly timeInForces: readonly TimeInForce[];
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly hedgeMode: boolean;
  readonly amend: boolean;
}

/** What may change about a working order; absent fields stay. */
export interface OrderAmendment {
  readonly quantity?: number | undefined;
  readonly price?: number | undefined;
  readonly triggerPrice?: number | undefined;
  readonly trailingPct?: number | undefined;
}

/**
 * Where an exchange reports what becomes of orders. Orders are named by our own id. Every call is a fact: the engine books
 * it before anything else happens.
 */
export interface ExchangeListener {
  /** The order works at the exchange. */
  onAccepted(clientOrderId: string, orderId: string, time: number): void;
  onRejected(clientOrderId: string, reason: string, time: number): void;
  /** An execution; `isComplete` when nothing of the order is left. */
  onFill(fill: Fill, isComplete: boolean): void;
  /** The exchange has closed (part of) a position by itself; there is no order of ours behind it. */
  onLiquidated(fill: Fill): void;
  onAmended(clientOrderId: string, amendment: OrderAmendment, time: number): void;
  onCancelled(clientOrderId: string, reason: string, time: number): void;
  /** The end of its time in force. */
  onExpired(clientOrderId: string, reason: string, time: number): void;
  /** A funding payment on the position held; `rate` above zero is paid by longs. */
  onFundingPaid(symbol: string, rate: number, price: number, time: number): void;
  /** A request to cancel or amend that the exchange did not carry out. */
  onRequestRejected(clientOrderId: string, reason: string, time: number): void;
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
  amend(clientOrderId: string, amendment: OrderAmendment): void;
  cancel(clientOrderId: string): void;
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
