import type { Rounding } from "../../base/decimal.ts";
import { Grid } from "../../base/grid.ts";
import type { Fill } from "../../domain/fill.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { isTerminal, type Order, type OrderRequest, type PositionSide } from "../../domain/order.ts";
import { changesIn, type ExchangeReport, type OrderAmendment } from "../exchange.ts";
import type { SeenUntil, VenueFill, VenueOrder, VenueTransfer } from "../venue-facts.ts";
import { SeenIds } from "./seen-ids.ts";
import { trackedOrder, type Ending, type TrackedOrder } from "./tracked-order.ts";

/** Fills and transfers whose ids are remembered; more than a reconnection can bring back. */
const SEEN_MAX = 100_000;
/** Finished orders that are remembered for what may still come about them; the engine remembers as many. */
const DONE_MAX = 2_000;
/** Trades that wait for an order that calls them its own. */
const UNCLAIMED_MAX = 1_000;

/** Trades are asked for from a little before the last one known: clocks differ, and pages end inside a millisecond. */
export const OVERLAP_MS = 60_000;

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
  readonly #firstAsked = new Map<string, number>();
  /** In the order in which they ended. */
  readonly #done = new Set<TrackedOrder>();
  /** Trades that no order of ours has made, as far as is known: an order whose name at the exchange is not known yet may have. */
  readonly #unclaimed = new Map<string, VenueFill>();
  readonly #spotSymbols = new Map<string, string>();
  readonly #dust = new Map<string, number>();
  /** What the exchange did by itself before this moment is not of any of our runs. */
  #beganAt = -Infinity;
  /** Every transfer up to this moment has been asked for and answered, milliseconds. */
  lastTransfer = NaN;

  constructor(options: TrackerOptions) {
    this.#options = options;
    for (const { kind, symbol, baseAsset, quantityStep } of options.instruments) {
      this.#grids.set(symbol, new Grid(quantityStep));
      if (kind === "spot") this.#spotSymbols.set(baseAsset, symbol);
    }
  }

  /** Follows an order from before it is sent. */
  add(request: OrderRequest, sentAt: number): TrackedOrder {
    const order = trackedOrder(request, sentAt);
    this.#orders.set(request.clientOrderId, order);
    return order;
  }

  /** Follows an order that an earlier run has made. */
  adopt(state: Order, { cancelWanted, now }: { readonly cancelWanted: boolean; readonly now: number }): TrackedOrder {
    const { status, updatedAt } = state;
    // What was in doubt had left before that was written down: another restart does not make it any later.
    const order = this.add(state, status === "unknown" ? Math.min(now, updatedAt) : now);
    order.bornAt = Math.min(state.createdAt, now);
    order.isInFlight = false;
    order.filledSteps = this.toSteps(state.symbol, state.filledQuantity);
    order.isAccepted = status === "open" || status === "partiallyFilled" || isTerminal(status);
    order.isUnknown = status === "unknown";
    order.cancelWanted = cancelWanted;
    this.#name(order, state.orderId);
    if (isTerminal(status)) this.#finish(order, now);
    return order;
  }

  /** When the first of all runs began: money that moved and positions that were closed before it are not its own. */
  beginAt(time: number): void {
    this.#beganAt = time;
  }

  get(clientOrderId: string): TrackedOrder | undefined {
    return this.#orders.get(clientOrderId);
  }

  /** The order that a fact of the exchange is about. */
  find({ symbol, clientOrderId, orderId }: Pick<VenueFill, "symbol" | "clientOrderId" | "orderId">): TrackedOrder | undefined {
    return this.#orders.get(clientOrderId) ?? this.#byOrderId.get(`${symbol}:${orderId}`);
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

  /** What the trades of others on the account, as far as they have been told, add up to, in steps. */
  foreignSteps(symbol: string, side: PositionSide): number {
    let sum = 0;
    for (const fill of this.#unclaimed.values()) {
      if (fill.symbol !== symbol || fill.positionSide !== side) continue;
      sum += this.toSteps(symbol, fill.quantity) * (fill.side === "buy" ? 1 : -1);
    }
    return sum;
  }

  toSteps(symbol: string, quantity: number, rounding?: Rounding): number {
    return this.#grid(symbol).toSteps(quantity, rounding);
  }

  /** Every fill of a symbol up to this moment has been asked for and answered; the private stream alone proves no such thing. */
  lastFill(symbol: string): number {
    return this.#lastFills.get(symbol) ?? NaN;
  }

  setLastFill(symbol: string, time: number): void {
    if (!this.#firstAsked.has(symbol)) this.#firstAsked.set(symbol, time);
    this.#lastFills.set(symbol, Math.max(time, this.#lastFills.get(symbol) ?? -Infinity));
  }

  setLastTransfer(time: number): void {
    this.lastTransfer = Number.isNaN(this.lastTransfer) ? time : Math.max(time, this.lastTransfer);
  }

  seenUntil(): SeenUntil {
    return { fills: Object.fromEntries(this.#lastFills), transfers: this.lastTransfer };
  }

  /** Fills of a symbol before this moment are not to be asked for: which of them are booked is no longer known. */
  oldestAsked(symbol: string): number {
    return (this.#firstAsked.get(symbol) ?? -Infinity) - OVERLAP_MS;
  }

  /** Books an execution, once. One that no order claims waits for an order whose name at the exchange is not known yet. */
  applyFill(fill: VenueFill): boolean {
    if (!this.#grids.has(fill.symbol)) return false;
    const name = fill.tradeId === "" ? `${fill.orderId} ${fill.time} ${fill.price} ${fill.quantity}` : fill.tradeId;
    const key = `${fill.symbol}:${name}`;
    if (this.#seen.has(key)) return false;
    const order = this.find(fill);
    if (order === undefined && fill.cause === "order") {
      this.#keepUnclaimed(key, fill);
      return false;
    }
    if (order === undefined && fill.time < this.#beganAt) return false;
    this.#seen.add(key);
    if (order === undefined) this.#bookForced(fill);
    else this.#bookOwn(order, fill);
    return true;
  }

  /** Trades since a moment that no order of ours is known to have made. */
  unclaimed(symbol: string, since: number): VenueFill[] {
    return [...this.#unclaimed.values()].filter((fill) => fill.symbol === symbol && fill.time >= since);
  }

  /** Tells of trades that cannot be ours any more: every order that might have made them is known by its name. */
  tellForeign(symbol: string): void {
    if (this.live(symbol).some(({ orderId }) => orderId === "")) return;
    for (const fill of this.#unclaimed.values()) if (fill.symbol === symbol) this.#tellForeign(fill);
  }

  /** Takes over what the exchange says about an order. */
  applyOrder(state: VenueOrder): void {
    const order = this.find(state);
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
        this.accept(order, state.orderId, state.updatedAt);
        return this.#compareTerms(order, state);
      case "filled": {
        this.accept(order, state.orderId, state.updatedAt);
        // A change in doubt may have made it smaller than we think: then its end is not seen from its fills.
        const { filledQuantity, updatedAt: time } = state;
        order.ending = { kind: "filled", reason: "", filledQuantity, time };
        return this.#tryToEnd(order);
      }
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
    order.isUnknown = false;
    if (order.isDone || order.isAccepted) return;
    order.isAccepted = true;
    this.#options.report({ kind: "accepted", clientOrderId: order.request.clientOrderId, orderId: order.orderId, time });
  }

  /** The order may exist or not. */
  doubt(order: TrackedOrder, reason: string, time: number): void {
    if (order.isDone || order.isAccepted || order.isUnknown) return;
    order.isUnknown = true;
    this.#options.report({ kind: "unknown", clientOrderId: order.request.clientOrderId, reason, time });
  }

  /** There is proof of how the order ended; fills that the exchange has told of before are still waited for. */
  end(order: TrackedOrder, ending: Ending): void {
    const filledQuantity = Math.max(ending.filledQuantity, order.ending?.filledQuantity ?? 0);
    order.ending = { ...ending, filledQuantity };
    this.#tryToEnd(order);
  }

  /** A change has left for the exchange: until it is answered the order may be as large as either. */
  beginChange(order: TrackedOrder, quantity: number | undefined): void {
    order.changes += 1;
    order.quantityMax = Math.max(order.quantityMax, quantity ?? 0);
  }

  /** A change is answered; `amendment` is what has come of it, undefined when nothing has. */
  endChange(order: TrackedOrder, amendment: OrderAmendment | undefined, time: number): void {
    order.changes -= 1;
    if (order.changes === 0) order.quantityMax = 0;
    if (order.isDone) return;
    order.termsAt = Math.max(order.termsAt, time);
    if (amendment !== undefined) this.#change(order, amendment, time);
    else if (this.#isFull(order)) this.#change(order, { quantity: order.request.quantity }, time);
  }

  applyTransfer(transfer: VenueTransfer): void {
    if (transfer.time < this.#beganAt) return;
    if (!this.#seen.add(`${transfer.kind}:${transfer.asset}:${transfer.id}`)) return;
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
    this.#payFee(fill);
    const isComplete = this.#isFull(order);
    this.#options.report({ kind: "fill", fill: fillOf(fill, request), isComplete, time: fill.time });
    if (isComplete) this.#finish(order, fill.time);
    else this.#tryToEnd(order);
  }

  /** A fee in an asset that is held on spot leaves less of it, as the engine's books say it: whole steps, and their rest pays the next. */
  #payFee({ fee, feeAsset }: VenueFill): void {
    const symbol = this.#spotSymbols.get(feeAsset);
    if (symbol === undefined || !(fee > 0)) return;
    const held = this.positionSteps(symbol, "net");
    const grid = this.#grid(symbol);
    const owed = fee - (held > 0 ? (this.#dust.get(symbol) ?? 0) : 0);
    const steps = Math.min(Math.max(0, held), Math.max(0, grid.toSteps(owed, "ceil")));
    this.#move(symbol, "net", -steps);
    this.#dust.set(symbol, Math.max(0, grid.toNumber(steps) - owed));
  }

  #isFull({ request, filledSteps, quantityMax }: TrackedOrder): boolean {
    return filledSteps >= this.toSteps(request.symbol, Math.max(request.quantity, quantityMax));
  }

  /** The order stands otherwise than we thought: somebody has changed it, or a change of an earlier run has gone through. */
  #compareTerms(order: TrackedOrder, { quantity, price, updatedAt }: VenueOrder): void {
    const { request } = order;
    if (order.isDone || order.changes > 0 || request.type !== "limit" || !(updatedAt > order.termsAt)) return;
    order.termsAt = updatedAt;
    const isSameQuantity = !(quantity > 0) || this.toSteps(request.symbol, quantity) === this.toSteps(request.symbol, request.quantity);
    const isSamePrice = price === undefined || !(price > 0) || price === request.price;
    if (isSameQuantity && isSamePrice) return;
    this.#change(order, { ...(isSameQuantity ? {} : { quantity }), ...(isSamePrice ? {} : { price }) }, updatedAt);
  }

  #change(order: TrackedOrder, amendment: OrderAmendment, time: number): void {
    order.request = { ...order.request, ...changesIn(amendment) };
    this.#options.report({ kind: "amended", clientOrderId: order.request.clientOrderId, amendment, time });
    if (order.filledSteps > 0 && this.#isFull(order)) this.#finish(order, time);
  }

  #keepUnclaimed(key: string, fill: VenueFill): void {
    if (this.#unclaimed.has(key)) return;
    this.#unclaimed.set(key, fill);
    // A name that is not among ours is proof; no name may be one that is not known yet.
    if (fill.clientOrderId !== "") this.#tellForeign(fill);
    if (this.#unclaimed.size <= UNCLAIMED_MAX) return;
    for (const oldest of this.#unclaimed.keys()) {
      this.#unclaimed.delete(oldest);
      return;
    }
  }

  #tellForeign({ symbol, orderId, quantity }: VenueFill): void {
    this.#options.onForeign(symbol, `a trade of ${quantity} that no order of this run has made (order ${orderId})`);
  }

  #bookForced(fill: VenueFill): void {
    const steps = this.toSteps(fill.symbol, fill.quantity);
    this.#move(fill.symbol, fill.positionSide, fill.side === "buy" ? steps : -steps);
    const { cause, ...facts } = fill;
    this.#options.report({ kind: "liquidated", fill: { ...facts, purpose: "liquidation", tag: cause }, time: fill.time });
  }

  #tryToEnd(order: TrackedOrder): void {
    const { ending, request } = order;
    if (ending === undefined || order.isDone) return;
    const { kind, reason, time, rejectClass } = ending;
    if (order.filledSteps < this.toSteps(request.symbol, ending.filledQuantity)) return;
    if (kind === "filled") {
      order.quantityMax = 0;
      return this.#change(order, { quantity: ending.filledQuantity }, time);
    }
    this.#finish(order, time);
    const { clientOrderId } = request;
    // What has worked cannot be refused any more: some exchanges say so when an order ends at its trigger or after an early answer.
    if (kind === "rejected" && order.isAccepted) return this.#options.report({ kind: "cancelled", clientOrderId, reason, time });
    if (kind !== "rejected" || rejectClass === undefined) return this.#options.report({ kind, clientOrderId, reason, time });
    this.#options.report({ kind, clientOrderId, reason, rejectClass, time });
  }

  #finish(order: TrackedOrder, time: number): void {
    if (order.isDone) return;
    order.isDone = true;
    order.doneAt = time;
    this.#done.add(order);
    if (this.#done.size <= DONE_MAX) return;
    for (const oldest of this.#done) {
      this.#done.delete(oldest);
      this.#orders.delete(oldest.request.clientOrderId);
      this.#byOrderId.delete(`${oldest.request.symbol}:${oldest.orderId}`);
      return;
    }
  }

  #move(symbol: string, side: PositionSide, steps: number): void {
    this.#steps.set(`${symbol} ${side}`, this.positionSteps(symbol, side) + steps);
  }

  #name(order: TrackedOrder, orderId: string): void {
    if (orderId === "" || order.orderId === orderId) return;
    order.orderId = orderId;
    const { symbol } = order.request;
    this.#byOrderId.set(`${symbol}:${orderId}`, order);
    for (const [key, fill] of this.#unclaimed) {
      if (fill.symbol !== symbol || fill.orderId !== orderId) continue;
      this.#unclaimed.delete(key);
      this.applyFill(fill);
    }
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
