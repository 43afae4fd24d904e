import type { OrderRequest, PositionSide } from "../../domain/order.ts";
import type { Side } from "../../domain/trade.ts";
import type { InstrumentMath } from "../../engine/portfolio/instrument-math.ts";
import type { PositionBook } from "../../engine/portfolio/position-book.ts";
import type { OrderAmendment } from "../../engine/exchange.ts";
import { Liquidation, type MarginAccount, type MarginTerms } from "./liquidation.ts";
import { SymbolBook } from "./symbol-book.ts";
import { WorkingOrder } from "./working-order.ts";

/** A piece of an order that fills at one price. */
export interface FillPart {
  /** On the price grid. */
  readonly price: number;
  readonly steps: number;
}

/** One execution, before anybody has booked it. */
export interface Execution {
  /** Undefined when the venue acts by itself. */
  readonly order: WorkingOrder | undefined;
  readonly math: InstrumentMath;
  readonly position: PositionBook;
  readonly side: Side;
  readonly steps: number;
  readonly price: number;
  readonly liquidity: "maker" | "taker";
  readonly cause: "order" | "liquidation" | "adl";
  readonly time: number;
}

/** What the venue around the matching decides and books. */
export interface PartMatchingVenue extends MarginTerms {
  /** What an order that meets the market gets, in order: all that is left of it, some, or nothing. */
  partsOf(order: WorkingOrder, meeting: { readonly price: number; readonly liquidity: "maker" | "taker" }): readonly FillPart[];
  /** A conditional order's trigger has been touched; it meets the market next. */
  onTriggered(order: WorkingOrder): void;
  /** A limit order has met the market and waits in the book from now on. */
  onRested(order: WorkingOrder): void;
  /** Books an execution; what is left of its order is already told by it. */
  onExecution(execution: Execution): void;
  /** The order ends with something left of it. */
  onEnded(order: WorkingOrder, how: "cancelled" | "expired", reason: string, time: number): void;
}

/** The account behind a matching: its positions by symbol and side. */
export interface PartMatchingAccount extends MarginAccount {
  readonly maths: readonly InstrumentMath[];
  booksOf(symbol: string): readonly PositionBook[];
  book(symbol: string, side: PositionSide): PositionBook;
}

/**
 * The simulated exchange's matching for a venue that has an order book and moves trade by trade: the same working orders, triggers and
 * liquidation, but an order meets one price at a time and may fill in parts. Orders are named by the venue's own ids. Checks belong to the
 * venue; what arrives here works.
 */
export class PartMatching {
  readonly #account: PartMatchingAccount;
  readonly #venue: PartMatchingVenue;
  readonly #liquidation: Liquidation;
  readonly #books = new Map<string, SymbolBook>();
  readonly #orders = new Map<string, WorkingOrder>();
  #sequence = 0;

  constructor({ account, venue }: { readonly account: PartMatchingAccount; readonly venue: PartMatchingVenue }) {
    this.#account = account;
    this.#venue = venue;
    this.#liquidation = new Liquidation({ account, leverage: 1, isIsolated: false, terms: venue });
    for (const math of account.maths) {
      const { symbol } = math.instrument;
      this.#books.set(symbol, new SymbolBook(math, account.booksOf(symbol)));
    }
  }

  /** The order as it stands; undefined once it has ended. */
  find(id: string): WorkingOrder | undefined {
    return this.#orders.get(id);
  }

  /** Takes an order into the book; it has not met the market yet. */
  add(request: OrderRequest, time: number): WorkingOrder {
    const book = this.#bookOf(request.symbol);
    this.#sequence += 1;
    const order = new WorkingOrder(request, { sequence: this.#sequence, math: book.math, time });
    if (order.type === "trailingStop" && Number.isNaN(order.triggerPrice) && !Number.isNaN(book.price)) order.activate(book.price);
    this.#orders.set(order.clientOrderId, order);
    book.orders.push(order);
    return order;
  }

  /** Lets one order meet the side of the book that it would take from; what then rests waits for trades at its price. */
  meet(id: string, price: number, time: number): void {
    const order = this.#orders.get(id);
    if (order === undefined || isWaiting(order)) return;
    const book = this.#bookOf(order.math.instrument.symbol);
    book.isMoving = true;
    if (order.type === "market" || order.firesAt(price)) this.#fill(order, { price, liquidity: "taker", time });
    else if (order.isImmediate) this.#end(order, "expired", noneAtOnce(order), time);
    else this.#venue.onRested(order);
    book.isMoving = false;
    this.#settle(book, time);
  }

  /** Shows every order of a symbol a traded price, each once. */
  trade(symbol: string, price: number, time: number): void {
    const book = this.#bookOf(symbol);
    book.price = price;
    for (const position of book.positions) position.price = price;
    const { orders } = book;
    book.isMoving = true;
    for (let index = 0; index < orders.length; index += 1) {
      const order = orders[index] as WorkingOrder;
      if (!order.isDone && (order.type === "market" || order.firesAt(price))) this.#fire(order, price, time);
    }
    for (const order of orders) order.trail(price);
    book.isMoving = false;
    this.#settle(book, time);
  }

  /** Changes an order in place; `quantity` is what is left of it. */
  amend(id: string, { quantity, price, triggerPrice, trailingPct }: OrderAmendment): void {
    const order = this.#orders.get(id);
    if (order === undefined) return;
    if (quantity !== undefined) order.remainingSteps = order.math.quantity.toSteps(quantity);
    if (price !== undefined) order.limitPrice = price;
    if (triggerPrice !== undefined) order.triggerPrice = triggerPrice;
    if (trailingPct !== undefined) order.trailingPct = trailingPct;
    order.aim();
  }

  /** Fills some of an order by the operator's will; what an order has not got cannot be filled. */
  fillPart(id: string, { price, steps }: FillPart, time: number): void {
    const order = this.#orders.get(id);
    if (order === undefined) return;
    const book = this.#bookOf(order.math.instrument.symbol);
    if (isWaiting(order)) this.#trigger(order);
    const isLeft = !order.isDone && (!order.reduceOnly || this.#shrink(order, time));
    if (isLeft) this.#execute(order, { price, steps: Math.min(steps, order.remainingSteps), liquidity: "maker", time });
    if (!order.isDone && order.type === "limit") this.#venue.onRested(order);
    this.#settle(book, time);
  }

  /** Ends an order that is still there, whoever wants it. */
  end(id: string, how: "cancelled" | "expired", reason: string, time: number): void {
    const order = this.#orders.get(id);
    if (order === undefined) return;
    this.#end(order, how, reason, time);
    dropEnded(this.#bookOf(order.math.instrument.symbol));
  }

  /** Closes a position whatever its margin, and ends its orders first. */
  liquidate(position: PositionBook, price: number, time: number): void {
    this.#closeByForce(this.#bookOf(position.symbol), position, price, time);
    dropEnded(this.#bookOf(position.symbol));
  }

  /** Takes part of a position away, as auto-deleveraging does. */
  deleverage(position: PositionBook, { price, steps }: FillPart, time: number): void {
    this.#force(position, { price, steps, cause: "adl", time });
  }

  /** Looks at the margin of every position: call it after money has moved. */
  watch(time: number): void {
    for (const book of this.#books.values()) this.#watchOne(book, time);
  }

  #fire(order: WorkingOrder, price: number, time: number): void {
    if (order.type === "limit") return this.#fill(order, { price, liquidity: "maker", time });
    if (order.type === "trailingStop" && Number.isNaN(order.watermark)) return order.activate(price);
    if (order.type !== "market") this.#trigger(order);
    if (!order.isDone) this.#fill(order, { price, liquidity: "taker", time });
  }

  /** A conditional order becomes what it was waiting to be. */
  #trigger(order: WorkingOrder): void {
    order.type = order.type === "stopLimit" || order.type === "takeProfitLimit" ? "limit" : "market";
    order.aim();
    this.#venue.onTriggered(order);
  }

  #fill(order: WorkingOrder, meeting: { price: number; liquidity: "maker" | "taker"; time: number }): void {
    const { time, liquidity } = meeting;
    if (order.reduceOnly && !this.#shrink(order, time)) return;
    const parts = this.#venue.partsOf(order, meeting);
    const total = parts.reduce((sum, part) => sum + part.steps, 0);
    if (order.timeInForce === "FOK" && total < order.remainingSteps) return this.#end(order, "expired", noneAtOnce(order), time);
    for (const { price, steps } of parts) {
      if (order.isDone) break;
      this.#execute(order, { price, steps: Math.min(steps, order.remainingSteps), liquidity, time });
    }
    if (order.isDone) return;
    if (order.type === "market") this.#end(order, "expired", "the order book holds no more", time);
    else if (order.isImmediate) this.#end(order, "expired", noneAtOnce(order), time);
    else this.#venue.onRested(order);
  }

  /** A reduce-only order is never larger than the position; false when that leaves nothing of it. */
  #shrink(order: WorkingOrder, time: number): boolean {
    const held = this.#account.book(order.math.instrument.symbol, order.positionSide).quantitySteps;
    const reducible = Math.sign(held) === (order.isBuy ? -1 : 1) ? Math.abs(held) : 0;
    if (reducible > 0) return true;
    this.#end(order, "expired", "nothing is left to reduce", time);
    return false;
  }

  #execute(
    order: WorkingOrder,
    { price, steps, liquidity, time }: FillPart & { readonly liquidity: "maker" | "taker"; readonly time: number },
  ): void {
    const position = this.#account.book(order.math.instrument.symbol, order.positionSide);
    const executed = order.reduceOnly ? Math.min(steps, Math.abs(position.quantitySteps)) : steps;
    if (executed <= 0) return;
    order.remainingSteps -= executed;
    if (order.remainingSteps === 0) this.#forget(order);
    const side = order.isBuy ? "buy" : "sell";
    this.#venue.onExecution({ order, math: order.math, position, side, steps: executed, price, liquidity, cause: "order", time });
    if (order.isDone || !order.reduceOnly || position.quantitySteps !== 0) return;
    this.#end(order, "expired", "nothing is left to reduce", time);
  }

  /** Drops what has ended and closes what the margin no longer carries, in every symbol that stands on the same money. */
  #settle(book: SymbolBook, time: number): void {
    dropEnded(book);
    if (this.#account.openCount > 0) this.watch(time);
  }

  #watchOne(book: SymbolBook, time: number): void {
    if (!book.isHolding) return;
    const due = book.positions.filter((position) => this.#liquidation.isDue(position, book.price));
    for (const position of due) this.#closeByForce(book, position, book.price, time);
    if (due.length > 0) dropEnded(book);
  }

  #closeByForce(book: SymbolBook, position: PositionBook, price: number, time: number): void {
    for (const order of book.orders) {
      if (!order.isDone && order.positionSide === position.side) this.#end(order, "cancelled", "cancelled by liquidation", time);
    }
    this.#force(position, { price, steps: Math.abs(position.quantitySteps), cause: "liquidation", time });
  }

  #force(
    position: PositionBook,
    { price, steps, cause, time }: FillPart & { readonly cause: "liquidation" | "adl"; readonly time: number },
  ): void {
    if (steps <= 0) return;
    const side = position.quantitySteps > 0 ? "sell" : "buy";
    this.#venue.onExecution({ order: undefined, math: position.math, position, side, steps, price, liquidity: "taker", cause, time });
  }

  #end(order: WorkingOrder, how: "cancelled" | "expired", reason: string, time: number): void {
    this.#forget(order);
    this.#venue.onEnded(order, how, reason, time);
  }

  #forget(order: WorkingOrder): void {
    order.isDone = true;
    this.#orders.delete(order.clientOrderId);
  }

  #bookOf(symbol: string): SymbolBook {
    return this.#books.get(symbol) as SymbolBook;
  }
}

/** A conditional order whose trigger has not been touched. */
export function isWaiting(order: WorkingOrder): boolean {
  return order.type !== "market" && order.type !== "limit";
}

function noneAtOnce(order: WorkingOrder): string {
  return `nothing to fill it at once (${order.timeInForce})`;
}

function dropEnded(book: SymbolBook): void {
  if (book.isMoving) return;
  const { orders } = book;
  let kept = 0;
  for (const order of orders) {
    if (order.isDone) continue;
    orders[kept] = order;
    kept += 1;
  }
  orders.length = kept;
}
