import type { Bar } from "../domain/bar.ts";
import type { Balance } from "../domain/account.ts";
import type { BookLevel } from "../domain/order-book.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { OrderType, PositionSide, TimeInForce } from "../domain/order.ts";
import type { Quote } from "../domain/quote.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { Side, Trade } from "../domain/trade.ts";
import type { VenueFill, VenueOrder, VenuePosition, VenueTransfer } from "../engine/venue-facts.ts";

/** An order as a client of the venue asks for it; what is left out is the venue's default. */
export interface VenueOrderRequest {
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly quantity: number;
  readonly price?: number | undefined;
  readonly triggerPrice?: number | undefined;
  readonly trailingPct?: number | undefined;
  readonly activationPrice?: number | undefined;
  readonly timeInForce?: TimeInForce | undefined;
  readonly expiresAt?: number | undefined;
  readonly reduceOnly?: boolean | undefined;
  readonly postOnly?: boolean | undefined;
  readonly positionSide?: PositionSide | undefined;
  /** Made by the venue when absent. */
  readonly clientOrderId?: string | undefined;
  /** Orders of one group: the first to fill cancels the others. */
  readonly ocoGroup?: string | undefined;
}

/** The venue's own record of an order. Ids exceed 2^53 on purpose. */
export interface VenueOrderRecord extends VenueOrder {
  readonly createdAt: number;
  readonly trailingPct?: number | undefined;
  readonly activationPrice?: number | undefined;
  readonly postOnly: boolean;
  readonly ocoGroup?: string | undefined;
  /** A conditional order whose trigger has not been touched. */
  readonly isWaiting: boolean;
  /** Who placed it: a client over the API, or the operator through the admin port (the account's owner on the venue's own app). */
  readonly origin: "api" | "external";
}

/** Why the venue refuses; each dialect has its own code for it. */
export type VenueRefusal =
  | "unknownSymbol"
  | "notTrading"
  | "quantity"
  | "quantityStep"
  | "notional"
  | "priceStep"
  | "priceBand"
  | "funds"
  | "reduceOnly"
  | "postOnly"
  | "wouldTrigger"
  | "positionSide"
  | "duplicateId"
  | "unknownOrder"
  | "orderLimit"
  | "liquidating"
  | "parameter";

export type VenueResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: VenueRefusal; readonly text: string };

/** What happens at the venue, in the order in which it happens. */
export type VenueEvent =
  | { readonly kind: "order"; readonly order: VenueOrderRecord; readonly time: number }
  | { readonly kind: "fill"; readonly fill: VenueFill; readonly order: VenueOrderRecord | undefined; readonly time: number }
  /** Balances and positions that a fill, a funding payment or a transfer has changed. */
  | {
      readonly kind: "account";
      readonly cause: "order" | "funding" | "transfer" | "marginChange";
      readonly balances: readonly Balance[];
      readonly positions: readonly VenuePosition[];
      readonly transfer?: VenueTransfer;
      readonly time: number;
    }
  | { readonly kind: "trade"; readonly symbol: string; readonly trade: Trade; readonly time: number }
  /** Levels that changed; quantity 0 removes one. Update ids `first` to `last` follow the event before without a hole. */
  | {
      readonly kind: "depth";
      readonly symbol: string;
      readonly first: number;
      readonly last: number;
      readonly bids: readonly BookLevel[];
      readonly asks: readonly BookLevel[];
      readonly time: number;
    }
  | {
      readonly kind: "bar";
      readonly symbol: string;
      readonly timeframe: Timeframe;
      readonly bar: Bar;
      readonly isClosed: boolean;
      readonly time: number;
    }
  | {
      readonly kind: "markPrice";
      readonly symbol: string;
      readonly price: number;
      readonly fundingRate: number;
      readonly nextFundingTime: number;
      readonly time: number;
    }
  | { readonly kind: "status"; readonly symbol: string; readonly status: VenueStatus; readonly time: number };

/** Whether a symbol trades. */
export type VenueStatus = "trading" | "halted" | "cancelOnly";

export interface VenueDepth {
  readonly lastUpdateId: number;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/**
 * The truth behind every fake exchange: one market (spot, linear or inverse) with one account, matched by the simulated exchange and
 * moved by the market simulator. Every dialect is a translation of it. Time comes from the scheduler it is given.
 */
export interface Venue {
  readonly market: "spot" | "linear" | "inverse";
  readonly instruments: readonly Instrument[];
  readonly now: number;
  /** Calls back for everything that happens from now on; returns how to stop. */
  listen(listener: (event: VenueEvent) => void): () => void;
  /** Lets the market move with the scheduler's time until `stop`. */
  start(): void;
  stop(): void;

  submit(request: VenueOrderRequest): VenueResult<VenueOrderRecord>;
  /** All of a group or none. */
  submitGroup(requests: readonly VenueOrderRequest[]): VenueResult<readonly VenueOrderRecord[]>;
  amend(
    symbol: string,
    id: VenueOrderId,
    change: { readonly quantity?: number; readonly price?: number; readonly triggerPrice?: number },
  ): VenueResult<VenueOrderRecord>;
  cancel(symbol: string, id: VenueOrderId): VenueResult<VenueOrderRecord>;
  cancelAll(symbol: string): readonly VenueOrderRecord[];
  order(symbol: string, id: VenueOrderId): VenueOrderRecord | undefined;
  /** Every order still known of a symbol, oldest first, finished ones included. */
  orders(symbol: string): readonly VenueOrderRecord[];
  openOrders(symbol?: string): readonly VenueOrderRecord[];
  /** Oldest first. */
  fills(symbol: string): readonly VenueFill[];
  transfers(): readonly VenueTransfer[];
  balances(): readonly Balance[];
  positions(): readonly VenuePosition[];

  positionMode: "hedge" | "oneWay";
  leverageOf(symbol: string): number;
  setLeverage(symbol: string, leverage: number): VenueResult<number>;
  marginModeOf(symbol: string): "isolated" | "cross";
  setMarginMode(symbol: string, mode: "isolated" | "cross"): VenueResult<"isolated" | "cross">;

  statusOf(symbol: string): VenueStatus;
  quote(symbol: string): Quote;
  lastPrice(symbol: string): number;
  markPrice(symbol: string): number;
  depth(symbol: string, levels: number): VenueDepth;
  /** Oldest first; ids count up without a hole. */
  tradesFrom(symbol: string, fromId: number | undefined, limit: number): readonly Trade[];
  /** Closed bars, and the forming one last, oldest first. History before `start` exists too: a market does not begin when we look. */
  bars(
    symbol: string,
    timeframe: Timeframe,
    range: { readonly from?: number; readonly to?: number; readonly limit: number },
  ): readonly Bar[];
  fundingRates(
    symbol: string,
    range: { readonly from?: number; readonly to?: number; readonly limit: number },
  ): readonly { readonly time: number; readonly rate: number; readonly markPrice: number }[];

  /** What only the operator of the venue can do. */
  readonly operator: VenueOperator;
}

/** An order by the venue's id or by the client's; the client's finds the newest of that name, as the exchanges do. */
export type VenueOrderId = { readonly orderId: string } | { readonly clientOrderId: string };

/** The hand of fate: what happens at real venues and no client asks for. */
export interface VenueOperator {
  /** Executes a share (0 to 1) of what is left of an order, at its own price or the market's. */
  fill(id: VenueOrderId, share: number, price?: number): void;
  /** Moves the market to a price, through everything on the way. */
  movePrice(symbol: string, price: number): void;
  cancel(id: VenueOrderId, reason: string): void;
  /** An order that the account's owner places by hand. */
  placeExternal(request: VenueOrderRequest): VenueResult<VenueOrderRecord>;
  liquidate(symbol: string): void;
  /** Takes a share of a position away at a price, as auto-deleveraging does. */
  deleverage(symbol: string, share: number): void;
  fund(symbol: string, rate: number): void;
  /** Money in (above zero) or out. */
  transfer(asset: string, amount: number): void;
  setStatus(symbol: string, status: VenueStatus): void;
  /** Changes the rules of a symbol while everything runs. */
  setInstrument(instrument: Instrument): void;
  /** Finished orders without a fill that are older than this are no longer known. */
  forget(olderThanMs: number): void;
}
