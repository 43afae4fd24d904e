import { fail } from "../../base/assert.ts";
import type { OrderCounts } from "../../analytics/run-record.ts";
import type { Fill } from "../../domain/fill.ts";
import type { Side } from "../../domain/trade.ts";
import { isTerminal } from "../../domain/order.ts";
import type { Exchange, ExchangeListener, OrderAmendment } from "../exchange.ts";
import type { Journal } from "../journal.ts";
import type { VenuePosition, VenueTransfer } from "../venue-facts.ts";
import { toMinor } from "../portfolio/ledger.ts";
import type { FillResult, Portfolio } from "../portfolio/portfolio.ts";
import type { PositionBook } from "../portfolio/position-book.ts";
import { Brackets } from "./brackets.ts";
import type { LiveOrder } from "./live-order.ts";

/** Who wants to know what became of orders: the session, which tells the expert. */
export interface OrderObserver {
  /** Before each request leaves: the exchange has to know the present. */
  beforeRequest(): void;
  onOrderChanged(order: LiveOrder): void;
  onOrderFilled(order: LiveOrder, fill: Fill, result: FillResult): void;
  onLiquidated(fill: Fill, result: FillResult): void;
  onFundingPaid(symbol: string, rate: number, price: number, time: number): void;
}

export interface OrderManagerOptions {
  readonly exchange: Exchange;
  readonly portfolio: Portfolio;
  readonly journal: Journal;
  readonly observer: OrderObserver;
  /** Makes client order ids, unique across runs. */
  readonly nextId: () => string;
}

/** The one road to the exchange, and the books of what came back on it. */
export class OrderManager implements ExchangeListener {
  readonly #exchange: Exchange;
  readonly #portfolio: Portfolio;
  readonly #journal: Journal;
  readonly #observer: OrderObserver;
  readonly #open = new Map<string, LiveOrder>();
  readonly brackets: Brackets;
  #submitted = 0;
  #filled = 0;
  #partiallyFilled = 0;
  #cancelled = 0;
  #rejected = 0;
  #expired = 0;
  /** Intents that never became orders; counted by whoever refuses. */
  refused = 0;

  constructor({ exchange, portfolio, journal, observer, nextId }: OrderManagerOptions) {
    this.#exchange = exchange;
    this.#portfolio = portfolio;
    this.#journal = journal;
    this.#observer = observer;
    this.brackets = new Brackets({ orders: this, nextId });
    exchange.connect(this);
  }

  /** Writes the intent down and sends it. Its fate arrives through the listener, perhaps before this returns. */
  send(order: LiveOrder): void {
    this.#journal.order("intent", order.createdAt, order);
    this.#open.set(order.clientOrderId, order);
    this.#submitted += 1;
    this.#observer.beforeRequest();
    this.#exchange.submit(order);
  }

  amend(order: LiveOrder, amendment: OrderAmendment): void {
    if (isTerminal(order.status)) return;
    this.#observer.beforeRequest();
    this.#exchange.amend(order.clientOrderId, amendment);
  }

  cancel(order: LiveOrder): void {
    if (isTerminal(order.status)) return;
    this.#observer.beforeRequest();
    this.#exchange.cancel(order.clientOrderId);
  }

  /** An order that can still fill. */
  get(clientOrderId: string): LiveOrder | undefined {
    return this.#open.get(clientOrderId);
  }

  /** Orders that can still fill, oldest first. */
  open(): LiveOrder[] {
    return [...this.#open.values()];
  }

  /** What will be held once the market orders on their way have filled, in steps; stops and limits may never fill and do not count. */
  expectedSteps(book: PositionBook): number {
    let steps = book.quantitySteps;
    if (this.#open.size === 0) return steps;
    for (const order of this.#open.values()) {
      if (order.type !== "market" || order.symbol !== book.symbol || order.positionSide !== book.side) continue;
      const sign = order.side === "buy" ? 1 : -1;
      const size = book.math.quantity.toSteps(order.quantity - order.filledQuantity);
      if (order.reduceOnly) steps += sign * Math.min(size, Math.max(0, -sign * steps));
      else steps += sign * size;
    }
    return steps;
  }

  /** Entries into a position of that side of the market that have not filled. */
  pendingEntries(book: PositionBook, side: Side): number {
    let count = 0;
    for (const order of this.#open.values()) {
      if (order.purpose === "entry" && order.side === side && order.symbol === book.symbol && order.positionSide === book.side) count += 1;
    }
    return count;
  }

  get openCount(): number {
    return this.#open.size;
  }

  counts(): OrderCounts {
    return {
      submitted: this.#submitted,
      filled: this.#filled,
      partiallyFilled: this.#partiallyFilled,
      cancelled: this.#cancelled,
      rejected: this.#rejected,
      expired: this.#expired,
      refused: this.refused,
    };
  }

  onAccepted(clientOrderId: string, orderId: string, time: number): void {
    const order = this.#known(clientOrderId);
    order.orderId = orderId;
    order.moveTo("open", time);
    this.#journal.order("accepted", time, order);
    this.#observer.onOrderChanged(order);
  }

  onRejected(clientOrderId: string, reason: string, time: number): void {
    this.#rejected += 1;
    const order = this.#known(clientOrderId);
    order.reason = reason;
    order.moveTo("rejected", time);
    this.#journal.order("rejected", time, order);
    this.#end(order);
  }

  onCancelled(clientOrderId: string, reason: string, time: number): void {
    this.#cancelled += 1;
    const order = this.#known(clientOrderId);
    order.reason = reason;
    order.moveTo("cancelled", time);
    this.#journal.order("cancelled", time, order);
    this.#end(order);
  }

  onExpired(clientOrderId: string, reason: string, time: number): void {
    this.#expired += 1;
    const order = this.#known(clientOrderId);
    order.reason = reason;
    order.moveTo("expired", time);
    this.#journal.order("expired", time, order);
    this.#end(order);
  }

  onAmended(clientOrderId: string, amendment: OrderAmendment, time: number): void {
    const order = this.#known(clientOrderId);
    if (amendment.quantity !== undefined) order.quantity = amendment.quantity;
    if (amendment.price !== undefined) order.price = amendment.price;
    if (amendment.triggerPrice !== undefined) order.triggerPrice = amendment.triggerPrice;
    if (amendment.trailingPct !== undefined) order.trailingPct = amendment.trailingPct;
    order.updatedAt = time;
    this.#journal.order("amended", time, order);
    this.#observer.onOrderChanged(order);
  }

  onRequestRejected(clientOrderId: string, reason: string, time: number): void {
    this.#journal.note("refusal", time, `${clientOrderId}: ${reason}`, 0);
  }

  onFundingPaid(symbol: string, rate: number, price: number, time: number): void {
    const paid = this.#portfolio.applyFunding(symbol, rate, price);
    this.#journal.note("funding", time, symbol, paid);
    this.#observer.onFundingPaid(symbol, rate, price, time);
  }

  onUnknown(clientOrderId: string, reason: string, time: number): void {
    const order = this.#known(clientOrderId);
    order.reason = reason;
    order.moveTo("unknown", time);
    this.#journal.order("unknown", time, order);
    this.#observer.onOrderChanged(order);
  }

  onTransfer(transfer: VenueTransfer): void {
    this.#journal.note("transfer", transfer.time, `${transfer.kind} ${transfer.id} ${transfer.asset}`, transfer.amount);
  }

  onDrift(symbol: string, _position: VenuePosition | undefined, reason: string, time: number): void {
    this.#journal.note("drift", time, `${symbol}: ${reason}`, 0);
  }

  onLiquidated(fill: Fill): void {
    const result = this.#portfolio.applyFill(this.#portfolio.book(fill.symbol, fill.positionSide), fill, toMinor(fill.fee));
    this.#journal.fill(fill);
    this.brackets.release(result.book);
    this.#observer.onLiquidated(fill, result);
  }

  onFill(fill: Fill, isComplete: boolean): void {
    const order = this.#known(fill.clientOrderId);
    const book = this.#portfolio.book(fill.symbol, fill.positionSide);
    const directionBefore = Math.sign(book.quantitySteps);
    const result = this.#portfolio.applyFill(book, fill, toMinor(fill.fee));
    this.#countFill(order, fill, isComplete, book);
    this.#journal.fill(fill);
    if (isComplete) {
      this.#open.delete(order.clientOrderId);
      this.#cancelAlternatives(order);
    }
    // A position that has closed or turned needs none of the stops and targets it had.
    if (directionBefore !== 0 && Math.sign(book.quantitySteps) !== directionBefore) this.brackets.release(book);
    if (order.protection !== undefined && result.opened) this.brackets.place(order, book, fill.time);
    this.#observer.onOrderFilled(order, fill, result);
  }

  #countFill(order: LiveOrder, fill: Fill, isComplete: boolean, book: PositionBook): void {
    const before = order.filledQuantity;
    if (before === 0) {
      order.averagePrice = fill.price;
      order.filledQuantity = fill.quantity;
    } else {
      const filled = book.math.quantity.round(before + fill.quantity);
      order.averagePrice = (order.averagePrice * before + fill.price * fill.quantity) / filled;
      order.filledQuantity = filled;
    }
    order.moveTo(isComplete ? "filled" : "partiallyFilled", fill.time);
    if (isComplete) this.#filled += 1;
    else if (before === 0) this.#partiallyFilled += 1;
  }

  #cancelAlternatives(order: LiveOrder): void {
    const { alternatives } = order;
    if (alternatives === undefined) return;
    for (const other of alternatives) if (other !== order) this.cancel(other);
  }

  #end(order: LiveOrder): void {
    this.#open.delete(order.clientOrderId);
    this.#observer.onOrderChanged(order);
  }

  #known(clientOrderId: string): LiveOrder {
    const order = this.#open.get(clientOrderId);
    return order ?? fail(`the exchange reports on order ${clientOrderId}, which is not open`);
  }
}
