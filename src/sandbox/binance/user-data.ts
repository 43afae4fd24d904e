import { isTerminal } from "../../domain/order.ts";
import type { VenueFill } from "../../engine/venue-facts.ts";
import type { VenueEvent, VenueOrderRecord } from "../venue.ts";
import { accountUpdate, algoUpdate, orderTradeUpdate, ownOrder, type FuturesExecution } from "./futures-events.ts";
import type { JsonObject } from "./json.ts";
import type { Market } from "./market.ts";
import { accountPosition, balanceUpdate, executionReport, listStatus, type ExecutionType } from "./spot-events.ts";

/** Hears the account's events. */
export type UserListener = (event: JsonObject) => void;

/** What happened to an order since it was told of last. */
type Change = "new" | "triggered" | "amended" | "cancelled" | "expired" | "rejected";

interface Told {
  readonly quantity: number;
  readonly price: number | undefined;
  readonly triggerPrice: number | undefined;
  readonly isWaiting: boolean;
}

/** The account's events of one market, from the venue's events in the dialect's words. */
export class UserData {
  readonly #market: Market;
  readonly #listeners = new Set<UserListener>();
  /** Orders that are open, as they were told of last. */
  readonly #told = new Map<string, Told>();
  /** Lists by what was told of them last. */
  readonly #lists = new Map<number, "started" | "done">();
  #executions = 0;

  constructor(market: Market) {
    this.#market = market;
    for (const order of market.venue.openOrders()) this.#remember(order);
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  listen(listener: UserListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** To be called with every event of the venue. */
  onEvent(event: VenueEvent): void {
    switch (event.kind) {
      case "order":
        return this.#onOrder(event.order);
      case "fill":
        return this.#onFill(event.fill, event.order);
      case "account":
        return this.#onAccount(event);
      default:
    }
  }

  /** Tells everybody who listens. */
  tell(event: JsonObject): void {
    for (const listener of this.#listeners) listener(event);
  }

  #onOrder(order: VenueOrderRecord): void {
    const change = this.#changeOf(order);
    this.#remember(order);
    const algo = this.#market.isSpot ? undefined : this.#market.algos.see(order);
    if (change === undefined || this.#listeners.size === 0) return;
    if (this.#market.isSpot) return this.#tellSpot(order, SPOT_EXECUTIONS[change]);
    if (algo !== undefined && (!algo.hasTriggered || change === "triggered" || isTerminal(order.status))) {
      this.tell(algoUpdate(this.#market, { algo, order }));
      if (!algo.hasTriggered) return;
    }
    this.tell(orderTradeUpdate(this.#market, order, { type: FUTURES_EXECUTIONS[change] }));
  }

  #onFill(fill: VenueFill, order: VenueOrderRecord | undefined): void {
    if (order !== undefined) this.#remember(order);
    if (this.#market.isSpot) {
      if (order !== undefined && this.#listeners.size > 0) this.#tellSpot(order, "TRADE", fill);
      return;
    }
    const profit = this.#market.profits.add(fill);
    const algo = order === undefined ? undefined : this.#market.algos.see(order);
    if (this.#listeners.size === 0) return;
    const type = fill.cause === "order" ? "TRADE" : "CALCULATED";
    this.tell(orderTradeUpdate(this.#market, order ?? ownOrder(fill), { type, fill, profit }));
    if (algo !== undefined && order?.status === "filled") this.tell(algoUpdate(this.#market, { algo, order }));
  }

  #onAccount(event: Extract<VenueEvent, { kind: "account" }>): void {
    if (this.#listeners.size === 0) return;
    if (!this.#market.isSpot) return this.tell(accountUpdate(this.#market, event));
    if (event.transfer !== undefined) this.tell(balanceUpdate(this.#market, event.transfer));
    this.tell(accountPosition(this.#market, event));
  }

  #tellSpot(order: VenueOrderRecord, type: ExecutionType, fill?: VenueFill): void {
    this.#executions += 1;
    this.tell(executionReport(this.#market, order, { type, id: this.#executions, ...(fill === undefined ? {} : { fill }) }));
    const list = this.#market.lists.of(order);
    if (list === undefined || list.orderIds.length < 2) return;
    const status = listStatus(this.#market, order);
    const state = status?.["L"] === "ALL_DONE" ? "done" : "started";
    if (status === undefined || this.#lists.get(list.listId) === state) return;
    this.#lists.set(list.listId, state);
    this.tell(status);
  }

  /** Undefined when the venue repeats what is known: fills tell their orders' states themselves. */
  #changeOf(order: VenueOrderRecord): Change | undefined {
    switch (order.status) {
      case "cancelled":
      case "expired":
      case "rejected":
        return order.status;
      case "filled":
        return undefined;
      default:
    }
    const told = this.#told.get(order.orderId);
    if (told === undefined) return "new";
    if (told.isWaiting && !order.isWaiting) return "triggered";
    const isSame = told.quantity === order.quantity && told.price === order.price && told.triggerPrice === order.triggerPrice;
    return isSame || order.type === "trailingStop" ? undefined : "amended";
  }

  #remember(order: VenueOrderRecord): void {
    if (isTerminal(order.status)) this.#told.delete(order.orderId);
    else {
      const { quantity, price, triggerPrice, isWaiting } = order;
      this.#told.set(order.orderId, { quantity, price, triggerPrice, isWaiting });
    }
  }
}

/** A stop that triggers on spot is told as new once more, now on the book. */
const SPOT_EXECUTIONS: Readonly<Record<Change, ExecutionType>> = {
  new: "NEW",
  triggered: "NEW",
  amended: "REPLACED",
  cancelled: "CANCELED",
  expired: "EXPIRED",
  rejected: "REJECTED",
};

const FUTURES_EXECUTIONS: Readonly<Record<Change, FuturesExecution>> = {
  new: "NEW",
  triggered: "NEW",
  amended: "AMENDMENT",
  cancelled: "CANCELED",
  expired: "EXPIRED",
  rejected: "EXPIRED",
};
