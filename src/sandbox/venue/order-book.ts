import type { VenueOrderId, VenueOrderRecord, VenueOrderRequest } from "../venue.ts";
import type { OrderStatus, OrderType, PositionSide, TimeInForce } from "../../domain/order.ts";
import type { VenueFill } from "../../engine/venue-facts.ts";
import type { InstrumentMath } from "../../engine/portfolio/instrument-math.ts";

/** An order while the venue keeps it: changed in place, told as a fresh `VenueOrderRecord` each time. */
export class KeptOrder {
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly request: VenueOrderRequest;
  readonly math: InstrumentMath;
  readonly createdAt: number;
  readonly origin: "api" | "external";
  readonly positionSide: PositionSide;
  readonly timeInForce: TimeInForce;
  status: OrderStatus = "open";
  quantitySteps: number;
  filledSteps = 0;
  price: number | undefined;
  triggerPrice: number | undefined;
  isWaiting: boolean;
  /** It has met the market and stands in the book. */
  isResting = false;
  updatedAt: number;
  reason: string | undefined;
  #value = 0;
  #firstPrice = NaN;
  #isOnePrice = true;

  constructor(
    request: VenueOrderRequest,
    facts: {
      readonly orderId: string;
      readonly clientOrderId: string;
      readonly math: InstrumentMath;
      readonly time: number;
      readonly origin: "api" | "external";
    },
  ) {
    this.request = request;
    this.orderId = facts.orderId;
    this.clientOrderId = facts.clientOrderId;
    this.math = facts.math;
    this.createdAt = facts.time;
    this.updatedAt = facts.time;
    this.origin = facts.origin;
    this.positionSide = request.positionSide ?? "net";
    this.timeInForce = request.timeInForce ?? "GTC";
    this.quantitySteps = facts.math.quantity.toSteps(request.quantity);
    this.price = request.price;
    this.triggerPrice = request.triggerPrice;
    this.isWaiting = isConditional(request.type);
  }

  get isOpen(): boolean {
    return this.status === "open" || this.status === "partiallyFilled";
  }

  get remainingSteps(): number {
    return this.quantitySteps - this.filledSteps;
  }

  /** Counts an execution in. */
  fill(steps: number, price: number, time: number): void {
    if (Number.isNaN(this.#firstPrice)) this.#firstPrice = price;
    if (price !== this.#firstPrice) this.#isOnePrice = false;
    this.#value += this.math.isInverse ? steps / price : steps * price;
    this.filledSteps += steps;
    this.status = this.remainingSteps === 0 ? "filled" : "partiallyFilled";
    this.updatedAt = time;
  }

  get averagePrice(): number {
    if (this.filledSteps === 0 || this.#isOnePrice) return this.#firstPrice;
    return this.math.isInverse ? this.filledSteps / this.#value : this.#value / this.filledSteps;
  }

  record(): VenueOrderRecord {
    const { request, math } = this;
    return {
      clientOrderId: this.clientOrderId,
      orderId: this.orderId,
      symbol: request.symbol,
      side: request.side,
      positionSide: this.positionSide,
      type: request.type,
      quantity: math.quantity.toNumber(this.quantitySteps),
      price: this.price,
      triggerPrice: this.triggerPrice,
      timeInForce: this.timeInForce,
      reduceOnly: request.reduceOnly ?? false,
      status: this.status,
      filledQuantity: math.quantity.toNumber(this.filledSteps),
      averagePrice: this.averagePrice,
      updatedAt: this.updatedAt,
      reason: this.reason,
      createdAt: this.createdAt,
      trailingPct: request.trailingPct,
      activationPrice: request.activationPrice,
      postOnly: request.postOnly ?? false,
      ocoGroup: request.ocoGroup,
      isWaiting: this.isWaiting,
      origin: this.origin,
    };
  }
}

/** Every order and fill of the venue, for ever, except what it is told to forget. */
export class OrderBooks {
  readonly #bySymbol = new Map<string, KeptOrder[]>();
  readonly #byId = new Map<string, KeptOrder>();
  /** The newest order of each client id. */
  readonly #byClientId = new Map<string, KeptOrder>();
  readonly #open = new Set<KeptOrder>();
  readonly #fills = new Map<string, VenueFill[]>();

  add(order: KeptOrder): void {
    listOf(this.#bySymbol, order.request.symbol).push(order);
    this.#byId.set(order.orderId, order);
    this.#byClientId.set(clientKey(order.request.symbol, order.clientOrderId), order);
    this.#open.add(order);
  }

  /** Takes back an order that has just been added. */
  remove(order: KeptOrder): void {
    const { symbol } = order.request;
    const orders = listOf(this.#bySymbol, symbol);
    orders.splice(orders.lastIndexOf(order), 1);
    this.#byId.delete(order.orderId);
    this.#open.delete(order);
    const key = clientKey(symbol, order.clientOrderId);
    const earlier = orders.findLast(({ clientOrderId }) => clientOrderId === order.clientOrderId);
    if (earlier === undefined) this.#byClientId.delete(key);
    else this.#byClientId.set(key, earlier);
  }

  /** Takes note that nothing more can happen to an order. */
  close(order: KeptOrder): void {
    this.#open.delete(order);
  }

  find(symbol: string, id: VenueOrderId): KeptOrder | undefined {
    if ("clientOrderId" in id) return this.#byClientId.get(clientKey(symbol, id.clientOrderId));
    const order = this.#byId.get(id.orderId);
    return order?.request.symbol === symbol ? order : undefined;
  }

  /** An order by an id, whatever its symbol; of two with one client id the open one, then the newest. */
  findAnywhere(id: VenueOrderId): KeptOrder | undefined {
    if ("orderId" in id) return this.#byId.get(id.orderId);
    const candidates = [...this.#bySymbol.keys()].map((symbol) => this.find(symbol, id)).filter((order) => order !== undefined);
    return candidates.find((order) => order.isOpen) ?? candidates.at(-1);
  }

  byId(orderId: string): KeptOrder {
    return this.#byId.get(orderId) as KeptOrder;
  }

  of(symbol: string): readonly KeptOrder[] {
    return this.#bySymbol.get(symbol) ?? [];
  }

  open(symbol?: string): readonly KeptOrder[] {
    const all = [...this.#open];
    return symbol === undefined ? all : all.filter((order) => order.request.symbol === symbol);
  }

  get openCount(): number {
    return this.#open.size;
  }

  addFill(fill: VenueFill): void {
    listOf(this.#fills, fill.symbol).push(fill);
  }

  fills(symbol: string): readonly VenueFill[] {
    return this.#fills.get(symbol) ?? [];
  }

  /** Drops finished orders without a fill that have not changed since a moment. */
  forget(before: number): void {
    for (const [symbol, orders] of this.#bySymbol) {
      const kept = orders.filter((order) => order.isOpen || order.filledSteps > 0 || order.updatedAt > before);
      for (const order of orders) {
        if (order.isOpen || order.filledSteps > 0 || order.updatedAt > before) continue;
        this.#byId.delete(order.orderId);
        const key = clientKey(symbol, order.clientOrderId);
        if (this.#byClientId.get(key) === order) this.#byClientId.delete(key);
      }
      this.#bySymbol.set(symbol, kept);
      for (const order of kept.toReversed()) {
        const key = clientKey(symbol, order.clientOrderId);
        if (!this.#byClientId.has(key)) this.#byClientId.set(key, order);
      }
    }
  }
}

/** Whether an order of this type waits for a trigger. */
export function isConditional(type: OrderType): boolean {
  return type !== "market" && type !== "limit";
}

function clientKey(symbol: string, clientOrderId: string): string {
  return `${symbol} ${clientOrderId}`;
}

function listOf<Value>(lists: Map<string, Value[]>, key: string): Value[] {
  let list = lists.get(key);
  if (list === undefined) {
    list = [];
    lists.set(key, list);
  }
  return list;
}
