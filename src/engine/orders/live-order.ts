import { fail } from "../../base/assert.ts";
import type { Grid } from "../../base/grid.ts";
import type { Fill } from "../../domain/fill.ts";
import type { Order, OrderPurpose, OrderStatus, OrderType, PositionSide, TimeInForce } from "../../domain/order.ts";
import type { Side } from "../../domain/trade.ts";
import type { TrailingStep, TransactionRequest } from "../../expert/expert.ts";
import type { OrderAmendment } from "../exchange.ts";
import { canMove } from "./life-cycle.ts";

/** Stops and targets that an entry brings along; prices win over percents. */
export interface Protection {
  readonly stopLoss: number | undefined;
  readonly stopLossPct: number | undefined;
  readonly takeProfit: number | undefined;
  readonly takeProfitPct: number | undefined;
  readonly trailingStops: readonly TrailingStep[];
  /** Profit in percent at which the stop-loss moves to the entry price. */
  readonly breakevenPct: number | undefined;
}

/** An order as a journal keeps it: plain data that a `LiveOrder` can be made from again. */
export interface OrderSnapshot extends Order {
  readonly protection?: Protection | undefined;
  readonly cancelRequested?: boolean | undefined;
  readonly isUnwanted?: boolean | undefined;
  readonly replaces?: string | undefined;
  readonly isWaiting?: boolean | undefined;
  readonly pendingChange?: OrderAmendment | undefined;
}

/** The engine's own record of an order, from intent to end. Experts see it as a readonly `Order`. */
export class LiveOrder implements Order {
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  quantity: number;
  price: number | undefined = undefined;
  triggerPrice: number | undefined = undefined;
  trailingPct: number | undefined = undefined;
  activationPrice: number | undefined = undefined;
  timeInForce: TimeInForce = "GTC";
  expiresAt: number | undefined = undefined;
  reduceOnly = false;
  postOnly = false;
  shrinkToFit = false;
  positionSide: PositionSide = "net";
  purpose: OrderPurpose = "entry";
  ocoGroup: string | undefined = undefined;
  parentId: string | undefined = undefined;
  tag: string | undefined = undefined;
  orderId = "";
  status: OrderStatus = "pending";
  filledQuantity = 0;
  averagePrice = NaN;
  readonly createdAt: number;
  updatedAt: number;
  reason: string | undefined = undefined;
  /** What to place when this entry fills. */
  protection: Protection | undefined = undefined;
  /** The protective orders this entry has brought along. */
  legs: LiveOrder[] | undefined = undefined;
  /** Orders that this fill makes pointless, this one included. */
  alternatives: LiveOrder[] | undefined = undefined;
  /** A request to cancel is on its way, or will be until the order has ended. */
  cancelRequested = false;
  /** A protective order that the expert has taken away on purpose: none is put in its place. */
  isUnwanted: boolean | undefined = undefined;
  /** The order that this one takes the place of; it is cancelled as soon as this one works. */
  replaces: string | undefined = undefined;
  /** It is written down and leaves when others have gone; a run that ends before has never sent it. */
  isWaiting: boolean | undefined = undefined;
  /** The order that is on its way to take this one's place, and what it shall still be changed to when it works. */
  successor: LiveOrder | undefined = undefined;
  wanted: Partial<LiveOrder> | undefined = undefined;
  /** A change that has been asked for and not been answered; the order counts at the worse of what it is and would be. */
  pendingChange: OrderAmendment | undefined = undefined;

  constructor(clientOrderId: string, symbol: string, side: Side, type: OrderType, quantity: number, createdAt: number) {
    this.clientOrderId = clientOrderId;
    this.symbol = symbol;
    this.side = side;
    this.type = type;
    this.quantity = quantity;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
  }

  /** Goes to another state; an illegal step is a bug in whoever reports it. */
  moveTo(status: OrderStatus, time: number): void {
    if (!canMove(this.status, status)) fail(`order ${this.clientOrderId} cannot go from ${this.status} to ${status}`);
    this.status = status;
    this.updatedAt = time;
  }

  /** Takes an execution into quantity and average price. */
  count({ price, quantity }: Pick<Fill, "price" | "quantity">, grid: Grid): void {
    const before = this.filledQuantity;
    if (before === 0) {
      this.averagePrice = price;
      this.filledQuantity = quantity;
      return;
    }
    const filled = grid.round(before + quantity);
    this.averagePrice = (this.averagePrice * before + price * quantity) / filled;
    this.filledQuantity = filled;
  }

  /** The order as plain data that no longer changes. */
  snapshot(): Order {
    const { protection: _protection, cancelRequested: _cancel, isUnwanted: _unwanted, replaces: _replaces, ...rest } = this.persisted();
    const { pendingChange: _pending, isWaiting: _waiting, ...order } = rest;
    return order;
  }

  /** Everything that a restart needs to know of the order. */
  persisted(): OrderSnapshot {
    const { legs: _legs, alternatives: _alternatives, successor: _successor, wanted: _wanted, ...order } = this;
    return order;
  }

  /** The order that a journal has kept. */
  static from(snapshot: OrderSnapshot): LiveOrder {
    const { clientOrderId, symbol, side, type, quantity, createdAt } = snapshot;
    const order = new LiveOrder(clientOrderId, symbol, side, type, quantity, createdAt);
    return Object.assign(order, snapshot);
  }

  /** A new order in place of this one, under another id, with what shall differ; its quantity is what this one still has to fill. */
  replacement(clientOrderId: string, changes: Partial<LiveOrder>, time: number): LiveOrder {
    const { symbol, side, type, quantity } = this;
    const next = new LiveOrder(clientOrderId, symbol, side, type, quantity, time);
    const { price, triggerPrice, trailingPct, activationPrice, timeInForce, expiresAt, reduceOnly, postOnly } = this;
    const { positionSide, purpose, ocoGroup, parentId, tag, alternatives, protection } = this;
    const kept = { price, triggerPrice, trailingPct, activationPrice, timeInForce, expiresAt, reduceOnly, postOnly };
    Object.assign(next, kept, { positionSide, purpose, ocoGroup, parentId, tag, alternatives, protection }, changes, {
      replaces: this.clientOrderId,
    });
    return next;
  }

  /** What was asked for, as `onTransaction` reports it. */
  snapshotRequest(action: TransactionRequest["action"]): TransactionRequest {
    const { clientOrderId, symbol, side, quantity } = this;
    return { action, clientOrderId, symbol, side, quantity };
  }
}
