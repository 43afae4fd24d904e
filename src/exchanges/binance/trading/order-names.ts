import type { OrderType } from "../../../domain/order.ts";
import type { VenueFill, VenueOrder } from "../../../engine/venue-facts.ts";
import { causeOf } from "./wire-values.ts";

/** How we name an order that Binance names by its id alone. */
interface OrderName {
  readonly clientOrderId: string;
  readonly type: OrderType;
  readonly triggerPrice: number | undefined;
}

/**
 * Our names of Binance's order ids, so that an execution in the history of trades, or one of the regular order that a conditional one has
 * become, is told with the name that the order has here. Ids are unique per symbol.
 */
export class OrderNames {
  readonly #names = new Map<string, OrderName>();
  /** Regular order of a conditional one, by our name. */
  readonly #actual = new Map<string, string>();
  readonly #sizeMax: number;

  constructor(sizeMax = 20_000) {
    this.#sizeMax = sizeMax;
  }

  /** The order has an id of Binance and a name of ours. The name of a triggered order stays what it was. */
  remember(order: VenueOrder): void {
    if (order.orderId === "" || order.clientOrderId === "") return;
    const key = keyOf(order);
    if (!this.#names.has(key)) this.#add(key, order);
  }

  /** The conditional order of this name has become a regular one. */
  rememberActual(order: VenueOrder, actualOrderId: string): void {
    this.#add(keyOf({ symbol: order.symbol, orderId: actualOrderId }), order);
    this.#actual.set(order.clientOrderId, actualOrderId);
    trim(this.#actual, this.#sizeMax);
  }

  /** An order of the exchange itself, such as one that liquidates. */
  rememberForced({
    symbol,
    orderId,
    clientOrderId,
  }: {
    readonly symbol: string;
    readonly orderId: string;
    readonly clientOrderId: string;
  }): void {
    this.#names.set(keyOf({ symbol, orderId }), { clientOrderId, type: "limit", triggerPrice: undefined });
    trim(this.#names, this.#sizeMax);
  }

  /** Id of the regular order that a conditional one has become; undefined while it waits, or as far as is known. */
  actualOf(clientOrderId: string): string | undefined {
    return this.#actual.get(clientOrderId);
  }

  /** The order under our name, and of the type that it was placed with. */
  nameOrder(order: VenueOrder): VenueOrder {
    const name = this.#names.get(keyOf(order));
    if (name === undefined) return order;
    const { clientOrderId, type, triggerPrice } = name;
    return { ...order, clientOrderId, type, triggerPrice: order.triggerPrice ?? triggerPrice };
  }

  nameFill(fill: VenueFill): VenueFill {
    const name = this.#names.get(keyOf(fill));
    if (name === undefined) return fill;
    const { clientOrderId } = name;
    return { ...fill, clientOrderId, cause: fill.cause === "order" ? causeOf(clientOrderId) : fill.cause };
  }

  #add(key: string, { clientOrderId, type, triggerPrice }: VenueOrder): void {
    this.#names.set(key, { clientOrderId, type, triggerPrice });
    trim(this.#names, this.#sizeMax);
  }
}

function keyOf({ symbol, orderId }: { readonly symbol: string; readonly orderId: string }): string {
  return `${symbol} ${orderId}`;
}

/** Forgets the oldest. */
function trim(map: Map<string, unknown>, sizeMax: number): void {
  for (const key of map.keys()) {
    if (map.size <= sizeMax) return;
    map.delete(key);
  }
}
