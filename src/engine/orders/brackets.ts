import { isTerminal, type OrderPurpose, type OrderType } from "../../domain/order.ts";
import type { Side } from "../../domain/trade.ts";
import type { OrderAmendment } from "../exchange.ts";
import type { PositionBook } from "../portfolio/position-book.ts";
import { LiveOrder, type Protection } from "./live-order.ts";

/** The road that the legs of a bracket take, the same as every order's. */
export interface OrderRoad {
  send(order: LiveOrder): void;
  amend(order: LiveOrder, amendment: OrderAmendment): void;
  cancel(order: LiveOrder): void;
}

export interface BracketsOptions {
  readonly orders: OrderRoad;
  readonly nextId: () => string;
}

/** A stop-loss waiting to be moved to the entry price. */
interface BreakevenPlan {
  readonly stop: LiveOrder;
  readonly book: PositionBook;
  readonly direction: number;
  readonly level: number;
  readonly entryPrice: number;
}

/** Places the stops and targets of an entry when it fills, keeps them the entry's size, and takes them away with the position. */
export class Brackets {
  readonly #orders: OrderRoad;
  readonly #nextId: () => string;
  readonly #placed = new Map<PositionBook, LiveOrder[]>();
  #breakevens: BreakevenPlan[] = [];

  constructor({ orders, nextId }: BracketsOptions) {
    this.#orders = orders;
    this.#nextId = nextId;
  }

  /** Whether any stop waits to be moved to its entry price. */
  get hasBreakevens(): boolean {
    return this.#breakevens.length > 0;
  }

  /** Called at each fill of an entry that brings protection along. */
  place(entry: LiveOrder, book: PositionBook, time: number): void {
    const { protection } = entry;
    if (protection === undefined) return;
    const quantity = Math.min(entry.filledQuantity, Math.abs(book.quantity));
    if (entry.legs !== undefined) {
      for (const leg of entry.legs) if (!isTerminal(leg.status)) this.#orders.amend(leg, { quantity });
      return;
    }
    const legs = this.#legsOf(entry, protection, book, quantity, time);
    if (legs.length === 0) return;
    entry.legs = legs;
    const own = this.#placed.get(book);
    if (own === undefined) this.#placed.set(book, [...legs]);
    else own.push(...legs);
    const alternatives = legs.length > 1 ? legs : undefined;
    for (const leg of legs) leg.alternatives = alternatives;
    this.#planBreakeven(entry, legs, protection, book);
    for (const leg of legs) this.#orders.send(leg);
  }

  /** Cancels what still protects a position that is no longer there. */
  release(book: PositionBook): void {
    const own = this.#placed.get(book);
    if (own === undefined || own.length === 0) return;
    this.#placed.set(book, []);
    if (this.#breakevens.length > 0) this.#breakevens = this.#breakevens.filter((plan) => plan.book !== book);
    for (const leg of own) this.#orders.cancel(leg);
  }

  /** Moves a symbol's stops to their entry price where the bar's range has reached the profit for it. */
  moveToBreakeven(symbol: string, high: number, low: number): void {
    const isReached = ({ book, direction, level }: BreakevenPlan): boolean =>
      book.symbol === symbol && (direction > 0 ? high >= level : low <= level);
    const reached = this.#breakevens.filter(isReached);
    if (reached.length === 0) return;
    this.#breakevens = this.#breakevens.filter((plan) => !reached.includes(plan));
    for (const { stop, book, entryPrice } of reached) this.#orders.amend(stop, { triggerPrice: book.math.price.round(entryPrice) });
  }

  #legsOf(entry: LiveOrder, protection: Protection, book: PositionBook, quantity: number, time: number): LiveOrder[] {
    const direction = entry.side === "buy" ? 1 : -1;
    const price = entry.averagePrice;
    const grid = book.math.price;
    const away = (pct: number): number => grid.round(price * (1 + (direction * pct) / 100));
    const legs: LiveOrder[] = [];
    const at = (level: number | undefined, pct: number | undefined): number | undefined =>
      level !== undefined ? grid.round(level) : pct === undefined ? undefined : away(pct);
    const { stopLossPct } = protection;
    const stop = at(protection.stopLoss, stopLossPct === undefined ? undefined : -stopLossPct);
    if (stop !== undefined) {
      const leg = this.#leg(entry, "stop", "stopLoss", quantity, time);
      leg.triggerPrice = stop;
      legs.push(leg);
    }
    for (const { pct, activationPct = 0 } of protection.trailingStops) {
      const leg = this.#leg(entry, "trailingStop", "trailingStop", quantity, time);
      leg.trailingPct = pct;
      if (activationPct > 0) leg.activationPrice = away(activationPct);
      legs.push(leg);
    }
    const target = at(protection.takeProfit, protection.takeProfitPct);
    if (target !== undefined) {
      const leg = this.#leg(entry, "takeProfit", "takeProfit", quantity, time);
      leg.triggerPrice = target;
      legs.push(leg);
    }
    return legs;
  }

  #leg(entry: LiveOrder, type: OrderType, purpose: OrderPurpose, quantity: number, time: number): LiveOrder {
    const side: Side = entry.side === "buy" ? "sell" : "buy";
    const leg = new LiveOrder(this.#nextId(), entry.symbol, side, type, quantity, time);
    leg.reduceOnly = true;
    leg.purpose = purpose;
    leg.positionSide = entry.positionSide;
    leg.parentId = entry.clientOrderId;
    leg.ocoGroup = entry.clientOrderId;
    leg.tag = entry.tag;
    return leg;
  }

  #planBreakeven(entry: LiveOrder, legs: readonly LiveOrder[], protection: Protection, book: PositionBook): void {
    const stop = legs.find((leg) => leg.purpose === "stopLoss");
    if (protection.breakevenPct === undefined || stop === undefined) return;
    const direction = entry.side === "buy" ? 1 : -1;
    const entryPrice = entry.averagePrice;
    this.#breakevens.push({ stop, book, direction, entryPrice, level: entryPrice * (1 + (direction * protection.breakevenPct) / 100) });
  }
}
