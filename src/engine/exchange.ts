import type { BarColumns } from "../domain/bar.ts";
import type { Funding } from "../domain/funding.ts";
import type { TradeColumns } from "../domain/trade.ts";
import type { Fill } from "../domain/fill.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { Order, OrderRequest, OrderType, TimeInForce } from "../domain/order.ts";

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
  readonly quantity?: number;
  readonly price?: number;
  readonly triggerPrice?: number;
  readonly trailingPct?: number;
}

/** What an exchange tells: every change of an order, every execution. */
export type ExchangeEvent =
  | { readonly kind: "order"; readonly order: Order }
  | { readonly kind: "fill"; readonly fill: Fill; readonly order: Order }
  | { readonly kind: "cancelRejected"; readonly clientOrderId: string; readonly reason: string; readonly time: number }
  | { readonly kind: "funding"; readonly symbol: string; readonly rate: number; readonly markPrice: number; readonly time: number }
  | { readonly kind: "liquidation"; readonly symbol: string; readonly fill: Fill; readonly order: Order };

export type ExchangeListener = (event: ExchangeEvent) => void;

/**
 * What the engine needs from an exchange. Requests return nothing: what becomes of them arrives as events, from a simulated
 * exchange during the call or with the next market data, from a real one later.
 */
export interface Exchange {
  readonly name: string;
  readonly capabilities: ExchangeCapabilities;
  instrument(symbol: string): Instrument;
  /** Listens to everything; called once, before the first request. */
  connect(listener: ExchangeListener): void;
  submit(request: OrderRequest): void;
  amend(clientOrderId: string, amendment: OrderAmendment): void;
  cancel(clientOrderId: string): void;
}

/**
 * Sees the market before the expert does. The simulated exchange is one, so that its orders fill on data that came after
 * they were sent; the session calls it with each row and needs to know nothing else about it.
 */
export interface MarketObserver {
  /** Bar `row` of a stream's columns has closed; orders sent before its open may have filled inside it. */
  onBar(stream: number, columns: BarColumns, row: number): void;
  onTrade(stream: number, columns: TradeColumns, row: number): void;
  onFunding(stream: number, funding: Funding): void;
}
