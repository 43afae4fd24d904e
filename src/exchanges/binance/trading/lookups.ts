import { ExchangeError, MetaExpertError } from "../../../base/errors.ts";
import type { Lookup, OrderReference } from "../../../engine/gateway.ts";
import type { VenueOrder } from "../../../engine/venue-facts.ts";
import { fieldsOf, fieldsOfEach, type Fields } from "../../transport/wire-fields.ts";
import type { BinanceMarket } from "../endpoints.ts";
import type { BinanceClient } from "./client.ts";
import type { OrderNames } from "./order-names.ts";
import { openAlgoOrdersQuery, openOrdersQuery, orderQuery } from "./requests/order-requests.ts";
import { toAlgoOrder, toFuturesOrder } from "./rest/futures-orders.ts";
import { toSpotOrder } from "./rest/spot-orders.ts";
import { isConditional } from "./wire-values.ts";

/** Answers that say "not known here", which proves nothing by itself. */
const NOT_KNOWN: ReadonlySet<string> = new Set(["-2011", "-2013", "-2026"]);

/** Questions about orders, with our names for what Binance keeps under another id after a trigger. */
export class OrderLookups {
  readonly #client: BinanceClient;
  readonly #market: BinanceMarket;
  readonly #names: OrderNames;

  constructor(client: BinanceClient, market: BinanceMarket, names: OrderNames) {
    this.#client = client;
    this.#market = market;
    this.#names = names;
  }

  /** Never fails: a question without an answer is an answer of its own kind. */
  async findOrder(reference: OrderReference): Promise<Lookup> {
    try {
      return await this.#find(reference);
    } catch (error) {
      const reason = error instanceof Error ? error.message : "the question failed";
      if (error instanceof ExchangeError && NOT_KNOWN.has(error.exchangeCode)) return { kind: "absent", reason };
      if (error instanceof MetaExpertError) return { kind: "failed", reason };
      throw error;
    }
  }

  /** Both books of a futures market; an order that has just gone from one to the other is told once. */
  async openOrders(symbol: string): Promise<readonly VenueOrder[]> {
    const market = this.#market;
    const algo = market === "spot" ? [] : await this.#openAlgoOrders(market, symbol);
    const where = "the open orders";
    const regular = fieldsOfEach(await this.#client.ask(openOrdersQuery(market, symbol)), where).map((row) => this.#named(row));
    const resting = new Set(regular.map((order) => order.clientOrderId));
    return [...algo.filter((order) => !resting.has(order.clientOrderId)), ...regular];
  }

  async #find(reference: OrderReference): Promise<Lookup> {
    const market = this.#market;
    if (market === "spot" || !isConditional(reference.type)) return { kind: "found", order: await this.#regular(reference) };
    const known = this.#names.actualOf(reference.clientOrderId);
    if (known !== undefined) return { kind: "found", order: await this.#regular(reference, known) };
    const found = toAlgoOrder(fieldsOf(await this.#client.ask(orderQuery(market, reference)), "a conditional order"));
    this.#names.remember(found.order);
    if (found.actualOrderId === "") return { kind: "found", order: found.order };
    this.#names.rememberActual(found.order, found.actualOrderId);
    try {
      return { kind: "found", order: await this.#regular(reference, found.actualOrderId) };
    } catch (error) {
      // The conditional order is there, so an answer that does not know the regular one says only that it is behind.
      const reason = error instanceof Error ? error.message : "the question failed";
      return { kind: "failed", reason: `triggered as order ${found.actualOrderId}, of which nothing is known: ${reason}` };
    }
  }

  async #regular(reference: OrderReference, actualOrderId?: string): Promise<VenueOrder> {
    return this.#named(fieldsOf(await this.#client.ask(orderQuery(this.#market, reference, actualOrderId)), "an order"));
  }

  async #openAlgoOrders(market: "linear" | "inverse", symbol: string): Promise<readonly VenueOrder[]> {
    const rows = fieldsOfEach(await this.#client.ask(openAlgoOrdersQuery(market, symbol)), "the conditional orders");
    return rows.map((row) => {
      const { order, actualOrderId } = toAlgoOrder(row);
      if (actualOrderId !== "") this.#names.rememberActual(order, actualOrderId);
      this.#names.remember(order);
      return order;
    });
  }

  #named(row: Fields): VenueOrder {
    const order = this.#names.nameOrder(this.#market === "spot" ? toSpotOrder(row) : toFuturesOrder(row));
    this.#names.remember(order);
    return order;
  }
}
