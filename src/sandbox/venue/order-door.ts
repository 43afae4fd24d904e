import type { VenueOrderId, VenueOrderRecord, VenueOrderRequest, VenueResult } from "../venue.ts";
import { refusalOf, refuse, type Refused, type Situation } from "./checks.ts";
import { KeptOrder } from "./order-book.ts";
import type { VenueCore } from "./venue-core.ts";

/** Changes that a client asks for on an open order. */
export interface OrderChange {
  readonly quantity?: number;
  readonly price?: number;
  readonly triggerPrice?: number;
}

const OPEN_ORDERS_MAX = 200;

/** Where orders come in, are changed and taken back: everything a client may ask is checked here. */
export class OrderDoor {
  readonly #core: VenueCore;

  constructor(core: VenueCore) {
    this.#core = core;
  }

  submit(request: VenueOrderRequest, origin: "api" | "external"): VenueResult<VenueOrderRecord> {
    const taken = this.#take([request], origin);
    return taken.ok ? { ok: true, value: (taken.value[0] as KeptOrder).record() } : taken;
  }

  submitGroup(requests: readonly VenueOrderRequest[]): VenueResult<readonly VenueOrderRecord[]> {
    const group =
      requests.find(({ ocoGroup }) => ocoGroup !== undefined)?.ocoGroup ?? `group-${this.#core.orderIds.at(this.#core.orderIds.count + 1)}`;
    const taken = this.#take(
      requests.map((request) => ({ ...request, ocoGroup: group })),
      "api",
    );
    return taken.ok ? { ok: true, value: taken.value.map((order) => order.record()) } : taken;
  }

  amend(symbol: string, id: VenueOrderId, change: OrderChange): VenueResult<VenueOrderRecord> {
    this.#core.catchUp();
    const order = this.#core.orders.find(symbol, id);
    if (order === undefined || !order.isOpen) return refused(refuse("unknownOrder", "the order is not open"));
    const { quantity: quantities } = order.math;
    const changed = changedRequest(order, change);
    const problem = refusalOf(changed, this.#situation(changed, 1));
    if (problem !== undefined) return refused(problem);
    const desk = this.#core.deskOf(symbol);
    const steps = quantities.toSteps(changed.quantity);
    if (steps <= order.filledSteps) {
      desk.matching.end(order.orderId, "cancelled", "nothing is left of the changed quantity", this.#core.now);
      this.#core.settle(symbol);
      return { ok: true, value: order.record() };
    }
    const before = { quantitySteps: order.quantitySteps, price: order.price, triggerPrice: order.triggerPrice };
    Object.assign(order, { quantitySteps: steps, price: changed.price, triggerPrice: change.triggerPrice ?? order.triggerPrice });
    if (!this.#core.funds.covers(order)) {
      Object.assign(order, before);
      return refused(refuse("funds", "the balance does not cover the changed order"));
    }
    order.updatedAt = this.#core.now;
    desk.matching.amend(order.orderId, { ...change, quantity: quantities.toNumber(order.remainingSteps) });
    desk.tell(order);
    if (change.price !== undefined && !order.isWaiting) {
      order.isResting = false;
      desk.meet(order);
    }
    this.#core.settle(symbol);
    return { ok: true, value: order.record() };
  }

  cancel(symbol: string, id: VenueOrderId): VenueResult<VenueOrderRecord> {
    this.#core.catchUp();
    const order = this.#core.orders.find(symbol, id);
    if (order === undefined || !order.isOpen) return refused(refuse("unknownOrder", "the order is not open"));
    this.#core.cancelWithGroup(order, "cancelled on request");
    this.#core.settle(symbol);
    return { ok: true, value: order.record() };
  }

  cancelAll(symbol: string): readonly VenueOrderRecord[] {
    this.#core.catchUp();
    const open = this.#core.orders.open(symbol);
    for (const order of open) this.#core.cancelWithGroup(order, "cancelled on request");
    if (open.length > 0) this.#core.settle(symbol);
    return open.map((order) => order.record());
  }

  /** Checks all, keeps all, and only then lets the market see them. */
  #take(requests: readonly VenueOrderRequest[], origin: "api" | "external"): VenueResult<readonly KeptOrder[]> {
    this.#core.catchUp();
    const problem = requests.map((request, index) => this.#problemOf(request, requests.slice(0, index))).find((one) => one !== undefined);
    if (problem !== undefined) return refused(problem);
    const taken = requests.map((request) => this.#keep(request, origin));
    const uncovered = taken.some((order) => !this.#isCovered(order));
    if (uncovered) {
      for (const order of taken.toReversed()) this.#core.orders.remove(order);
      return refused(refuse("funds", "the balance does not cover the order"));
    }
    for (const order of taken) this.#core.deskOf(order.request.symbol).place(order);
    for (const order of taken) this.#core.deskOf(order.request.symbol).meet(order);
    for (const symbol of new Set(requests.map((request) => request.symbol))) this.#core.settle(symbol);
    return { ok: true, value: taken };
  }

  #keep(request: VenueOrderRequest, origin: "api" | "external"): KeptOrder {
    const orderId = this.#core.orderIds.next();
    const clientOrderId = request.clientOrderId ?? `${origin === "api" ? "auto" : "web"}_${orderId}`;
    const { math } = this.#core.state(request.symbol);
    const order = new KeptOrder(request, { orderId, clientOrderId, math, time: this.#core.now, origin });
    this.#core.orders.add(order);
    return order;
  }

  #problemOf(request: VenueOrderRequest, earlier: readonly VenueOrderRequest[]): Refused | undefined {
    const { symbol, clientOrderId } = request;
    if (!this.#core.symbols.has(symbol)) return refuse("unknownSymbol", `${symbol} is not listed`);
    if (clientOrderId !== undefined) {
      const isTaken =
        this.#core.orders.find(symbol, { clientOrderId })?.isOpen === true ||
        earlier.some((other) => other.clientOrderId === clientOrderId);
      if (isTaken) return refuse("duplicateId", `an open order is called ${clientOrderId} already`);
    }
    return refusalOf(request, this.#situation(request, -earlier.length));
  }

  #situation(request: VenueOrderRequest, openOrdersLess: number): Situation {
    const { symbol, positionSide = "net" } = request;
    const { options, account, orders, now } = this.#core;
    const state = this.#core.state(symbol);
    return {
      instrument: state.instrument,
      status: state.market.status,
      bestBid: this.#core.meetingPrice(symbol, "sell"),
      bestAsk: this.#core.meetingPrice(symbol, "buy"),
      lastPrice: state.market.lastPrice,
      markPrice: state.markPrice,
      positionMode: account.positionMode,
      positionQuantity: account.book(symbol, positionSide).quantitySteps,
      openOrders: orders.open(symbol).length - openOrdersLess,
      openOrdersMax: options.openOrdersMax ?? OPEN_ORDERS_MAX,
      priceBand: options.priceBand ?? (options.market === "spot" ? { down: 0.2, up: 5 } : { down: 0.95, up: 1.05 }),
      now,
    };
  }

  /** A purchase at the market must pay for what the book asks; everything else for what it binds. */
  #isCovered(order: KeptOrder): boolean {
    const { funds } = this.#core;
    const { symbol, side, type } = order.request;
    if (!order.math.isSpot || type !== "market" || side === "sell") return funds.covers(order);
    const { price, quantity } = order.math;
    const parts = this.#core.partsFor(symbol, side, { steps: order.remainingSteps, limit: Infinity });
    const cost = parts.reduce((sum, part) => sum + price.round(part.price) * quantity.toNumber(part.steps), 0);
    return cost * funds.feeFactor <= funds.spendable(order) * (1 + 1e-12);
  }
}

function refused(problem: Refused): { readonly ok: false } & Refused {
  return { ok: false, ...problem };
}

/** The order as the change would leave it; one that has been triggered is a limit order like any other. */
function changedRequest(order: KeptOrder, change: OrderChange): VenueOrderRequest {
  const { request, isWaiting, math } = order;
  const quantity = change.quantity ?? math.quantity.toNumber(order.quantitySteps);
  const price = change.price ?? order.price;
  if (!isWaiting)
    return { ...request, type: "limit", triggerPrice: undefined, activationPrice: undefined, trailingPct: undefined, quantity, price };
  return { ...request, quantity, price, triggerPrice: change.triggerPrice ?? order.triggerPrice };
}
