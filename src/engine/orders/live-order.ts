import { fail } from "../../base/assert.ts";
import type { Order, OrderPurpose, OrderStatus, OrderType, PositionSide, TimeInForce } from "../../domain/order.ts";
import type { Side } from "../../domain/trade.ts";
import type { TrailingStep, TransactionRequest } from "../../expert/expert.ts";
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

  /** The order as plain data that no longer changes. */
  snapshot(): Order {
    const { protection: _protection, legs: _legs, alternatives: _alternatives, ...order } = this;
    return order;
  }

  /** What was asked for, as `onTransaction` reports it. */
  snapshotRequest(action: TransactionRequest["action"]): TransactionRequest {
    const { clientOrderId, symbol, side, quantity } = this;
    return { action, clientOrderId, symbol, side, quantity };
  }
}
