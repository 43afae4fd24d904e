import { Grid } from "../../base/grid.ts";
import type { Fill } from "../../domain/fill.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { isTerminal, type Order, type OrderRequest, type PositionSide } from "../../domain/order.ts";
import type { ExchangeReport } from "../exchange.ts";
import type { VenueFill, VenueOrder, VenueTransfer } from "../venue-facts.ts";
import { SeenIds } from "./seen-ids.ts";
import { trackedOrder, type Ending, type TrackedOrder } from "./tracked-order.ts";

/** Fills and transfers whose ids are remembered; more than a reconnection can bring back. */
const SEEN_MAX = 100_000;
/** Finished orders that are remembered for what may still come about them. */
const DONE_MAX = 2_000;

export interface TrackerOptions {
  readonly instruments: readonly Instrument[];
  readonly report: (report: ExchangeReport) => void;
  /** Somebody has to fetch the fills of a symbol: a state tells of more than have arrived. */
  readonly wantFills: (symbol: string) => void;
  /** A fill or an order that is none of ours. */
  readonly onForeign: (symbol: string, what: string) => void;
}

/**
 * Makes one true story out of facts that come twice, late and in any order: every trade counts once, an order is accepted once and
 * ends once, and its end is told when all its fills are in.
 */
export class Tracker {
  readonly #options: TrackerOptions;
  readonly #orders = new Map<string, TrackedOrder>();
  readonly #byOrderId = new Map<string, TrackedOrder>();
  readonly #grids = new Map<string, Grid>();
  readonly #seen = new SeenIds(SEEN_MAX);
  /** Positions as the sum of all fills, in steps, by symbol and side. */
  readonly #steps = new Map<string, number>();
  readonly #lastFills = new Map<string, number>();
  #doneCount = 0;
  lastTransfer = NaN;

  constructor(options: TrackerOptions) {
    this.#options = options;
    for (const { symbol, quantityStep } of options.instruments) this.#grids.set(symbol, new Grid(quantityStep));
  }

  /** Follows an order from before it is sent. */
  add(request: OrderRequest, sentAt: number): TrackedOrder {
    const order = trackedOrder(request, sentAt);
    this.#orders.set(request.clientOrderId, order);
    return order;
  }

  /** Follows an order that an earlier run has made. */
  adopt(state: Order, { cancelWanted, now }: { readonly cancelWanted: boolean; readonly now: number }): TrackedOrder {
    const order = this.add(state, now);
    const { status } = state;
    order.isInFlight = false;
    order.filledSteps = this.toSteps(state.symbol, state.filledQuantity);
    order.isAccepted = status === "open" || status === "partiallyFilled" || isTerminal(status);
    order.isUnknown = status === "unknown";
    order.cancelWanted = cancelWanted;
    this.#name(order, state.orderId);
    if (isTerminal(status)) this.#finish(order);
    return order;
  }

  get(clientOrderId: string): TrackedOrder | undefined {
    return this.#orders.get(clientOrderId);
  }

  /** Orders that have not ended, oldest first. */
  live(symbol?: string): TrackedOrder[] {
    return [...this.#orders.values()].filter((order) => !order.isDone && (symbol === undefined || order.request.symbol === symbol));
  }

  /** Marks trades, named `symbol:tradeId`, as booked by an earlier run. */
  remember(fillIds: Iterable<string>): void {
    for (const id of fillIds) this.#seen.add(id);
  }

  setPosition(symbol: string, side: PositionSide, quantity: number): void {
    this.#steps.set(`${symbol} ${side}`, this.#grid(symbol).toSteps(Math.abs(quantity)) * Math.sign(quantity));
  }

  /** What our fills add up to, in steps. */
  positionSteps(symbol: string, side: PositionSide): number {
    return this.#steps.get(`${symbol} ${side}`) ?? 0;
  }

  toSteps(symbol: string, quantity: number): number {
    return this.#grid(symbol).toSteps(quantity);
  }

  /** Time of the last fill of a symbol that is known; NaN before the first. */
  lastFill(symbol: string): number {
    return this.#lastFills.get(symbol) ?? NaN;
  }

  setLastFill(symbol: string, time: number): void {
    this.#lastFills.set(symbol, Math.max(time, this.#lastFills.get(symbol) ?? -Infinity));
  }

  /** Books an execution, once. */
  applyFill(fill: VenueFill): boolean {
    if (!this.#grids.has(fill.symbol)) return false;
    const name = fill.tradeId === "" ? `${fill.orderId} ${fill.time} ${fill.price} ${fill.quantity}` : fill.tradeId;
    if (!this.#seen.add(`${fill.symbol}:${name}`)) return false;
    this.setLastFill(fill.symbol, fill.time);
    const order = this.#find(fill.symbol, fill.clientOrderId, fill.orderId);
    if (order !== undefined) this.#bookOwn(order, fill);
    else if (fill.cause === "order") this.#options.onForeign(fill.symbol, `a trade of ${fill.quantity} that no order of this run has made`);
    else this.#bookForced(fill);
    return true;
  }

  /** Takes over what the exchange says about an order. */
  applyOrder(state: VenueOrder): void {
    const order = this.#find(state.symbol, state.clientOrderId, state.orderId);
    if (order === undefined) {
      if (this.#grids.has(state.symbol) && state.status === "open") this.#options.onForeign(state.symbol, `order ${state.clientOrderId}`);
      return;
    }
    this.#name(order, state.orderId);
    const filled = this.toSteps(state.symbol, state.filledQuantity);
    if (filled > order.filledSteps) this.#options.wantFills(state.symbol);
    if (order.isDone || state.status === "unknown") return;
    switch (state.status) {
      case "open":
      case "partiallyFilled":
      case "filled":
        return this.accept(order, state.orderId, state.updatedAt);
      case "cancelled":
      case "expired":
      case "rejected": {
        const { status: kind, reason = kind, filledQuantity, updatedAt: time } = state;
        order.ending = { kind, reason, filledQuantity, time };
        return this.#tryToEnd(order);
      }
      case "held":
      case "pending":
    }
  }

  /** The order exists at the exchange. */
  accept(order: TrackedOrder, orderId: string, time: number): void {
    this.#name(order, orderId);
    if (order.isDone || order.isAccepted) return;
    order.isAccepted = true;
    order.isUnknown = false;
    this.#options.report({ kind: "accepted", clientOrderId: order.request.clientOrderId, orderId: order.orderId, time });
  }

  /** The order may exist or not. */
  doubt(order: TrackedOrder, reason: string, time: number): void {
    if (order.isDone || order.isAccepted || order.isUnknown) return;
    order.isUnknown = true;
    this.#options.report({ kind: "unknown", clientOrderId: order.request.clientOrderId, reason, time });
  }

  /** There is proof of how the order ended. */
  end(order: TrackedOrder, ending: Ending): void {
    order.ending = ending;
    this.#tryToEnd(order);
  }

  applyTransfer(transfer: VenueTransfer): void {
    if (!this.#seen.add(`${transfer.kind}:${transfer.asset}:${transfer.id}`)) return;
    this.lastTransfer = Number.isNaN(this.lastTransfer) ? transfer.time : Math.max(this.lastTransfer, transfer.time);
    this.#options.report({ kind: "transfer", transfer, time: transfer.time });
  }

  #bookOwn(order: TrackedOrder, fill: VenueFill): void {
    const { request } = order;
    this.#name(order, fill.orderId);
    const steps = this.toSteps(fill.symbol, fill.quantity);
    order.filledSteps += steps;
    order.isAccepted = true;
    order.isUnknown = false;
    this.#move(fill.symbol, request.positionSide, request.side === "buy" ? steps : -steps);
    const isComplete = order.filledSteps >= this.toSteps(fill.symbol, request.quantity);
    this.#options.report({ kind: "fill", fill: fillOf(fill, request), isComplete, time: fill.time });
    if (isComplete) this.#finish(order);
    else this.#tryToEnd(order);
  }

  #bookForced(fill: VenueFill): void {
    const steps = this.toSteps(fill.symbol, fill.quantity);
    this.#move(fill.symbol, fill.positionSide, fill.side === "buy" ? steps : -steps);
    const { cause: _cause, ...facts } = fill;
    this.#options.report({ kind: "liquidated", fill: { ...facts, purpose: "liquidation" }, time: fill.time });
  }

  #tryToEnd(order: TrackedOrder): void {
    const { ending, request } = order;
    if (ending === undefined || order.isDone) return;
    const { kind, reason, time, rejectClass } = ending;
    if (order.filledSteps < this.toSteps(request.symbol, ending.filledQuantity)) return;
    this.#finish(order);
    const { clientOrderId } = request;
    if (kind !== "rejected" || rejectClass === undefined) return this.#options.report({ kind, clientOrderId, reason, time });
    this.#options.report({ kind, clientOrderId, reason, rejectClass, time });
  }

  #finish(order: TrackedOrder): void {
    if (order.isDone) return;
    order.isDone = true;
    this.#doneCount += 1;
    if (this.#doneCount <= DONE_MAX) return;
    for (const [id, oldest] of this.#orders) {
      if (!oldest.isDone) continue;
      this.#orders.delete(id);
      this.#byOrderId.delete(`${oldest.request.symbol}:${oldest.orderId}`);
      this.#doneCount -= 1;
      return;
    }
  }

  #move(symbol: string, side: PositionSide, steps: number): void {
    this.#steps.set(`${symbol} ${side}`, this.positionSteps(symbol, side) + steps);
  }

  #name(order: TrackedOrder, orderId: string): void {
    if (orderId === "" || order.orderId === orderId) return;
    order.orderId = orderId;
    this.#byOrderId.set(`${order.request.symbol}:${orderId}`, order);
  }

  #find(symbol: string, clientOrderId: string, orderId: string): TrackedOrder | undefined {
    return this.#orders.get(clientOrderId) ?? this.#byOrderId.get(`${symbol}:${orderId}`);
  }

  #grid(symbol: string): Grid {
    const grid = this.#grids.get(symbol);
    if (grid === undefined) throw new RangeError(`${symbol} is not one of the run's symbols`);
    return grid;
  }
}

/** A fill in the engine's words: why the order was there is known to us alone. */
function fillOf({ cause: _cause, ...facts }: VenueFill, request: OrderRequest): Fill {
  const { clientOrderId, positionSide, purpose, tag } = request;
  return { ...facts, clientOrderId, positionSide, purpose, tag };
}
