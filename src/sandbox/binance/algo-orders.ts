import { isTerminal } from "../../domain/order.ts";
import type { Venue, VenueOrderRecord, VenueOrderRequest, VenueResult } from "../venue.ts";

/** What the algo service tells about an order, in its own words ("Event: Algo Order Update"). */
export type AlgoStatus = "NEW" | "CANCELED" | "TRIGGERED" | "FINISHED" | "REJECTED" | "EXPIRED";

/** A conditional order of futures: it lives in the algo service under its own id until it triggers. */
export interface AlgoOrder {
  readonly algoId: string;
  readonly clientAlgoId: string;
  readonly symbol: string;
  /** The id in the matching engine, shown once it has triggered. */
  readonly orderId: string;
  readonly workingType: string;
  readonly priceProtect: boolean;
  readonly closePosition: boolean;
  readonly createTime: number;
  /** 0 until then. */
  triggerTime: number;
  hasTriggered: boolean;
}

/** The options of a conditional order that only Binance knows. */
export interface AlgoOptions {
  readonly workingType: string;
  readonly priceProtect: boolean;
  readonly closePosition: boolean;
}

const PLAIN: AlgoOptions = { workingType: "CONTRACT_PRICE", priceProtect: false, closePosition: false };

/** The algo service of one futures market: the venue's waiting orders in an id space of their own. */
export class AlgoOrders {
  readonly #venue: Venue;
  readonly #byOrderId = new Map<string, AlgoOrder>();
  #nextId: number;
  #options: AlgoOptions = PLAIN;

  constructor(venue: Venue, firstId: number) {
    this.#venue = venue;
    this.#nextId = firstId;
    for (const { symbol } of venue.instruments) for (const order of venue.orders(symbol)) this.see(order);
  }

  /** Places a conditional order; `see` is called for it while the venue takes it. */
  submit(request: VenueOrderRequest, options: AlgoOptions): VenueResult<VenueOrderRecord> {
    this.#options = options;
    try {
      return this.#venue.submit(request);
    } finally {
      this.#options = PLAIN;
    }
  }

  /** The algo order behind a record of the venue; made when it is seen waiting for the first time. Undefined for ordinary orders. */
  see(order: VenueOrderRecord): AlgoOrder | undefined {
    let algo = this.#byOrderId.get(order.orderId);
    if (algo === undefined) {
      if (!isConditional(order)) return undefined;
      algo = {
        ...this.#options,
        algoId: String(this.#nextId),
        clientAlgoId: order.clientOrderId,
        symbol: order.symbol,
        orderId: order.orderId,
        createTime: order.createdAt,
        triggerTime: 0,
        hasTriggered: false,
      };
      this.#nextId += 1;
      this.#byOrderId.set(order.orderId, algo);
    }
    if (!algo.hasTriggered && !order.isWaiting && (!isTerminal(order.status) || order.filledQuantity > 0)) {
      algo.hasTriggered = true;
      algo.triggerTime = order.updatedAt;
    }
    return algo;
  }

  /** Whether the order is still kept from the matching engine, or ended there. */
  isWaiting(order: VenueOrderRecord): boolean {
    const algo = this.see(order);
    return algo !== undefined && !algo.hasTriggered;
  }

  statusOf(algo: AlgoOrder, order: VenueOrderRecord): AlgoStatus {
    if (algo.hasTriggered) return isTerminal(order.status) ? "FINISHED" : "TRIGGERED";
    switch (order.status) {
      case "cancelled":
        return "CANCELED";
      case "expired":
        return "EXPIRED";
      case "rejected":
        return "REJECTED";
      default:
        return "NEW";
    }
  }

  /** By algo id or the client's name, the newest of that name; with the venue's record, if it still knows it. */
  find(id: { readonly algoId?: string | undefined; readonly clientAlgoId?: string | undefined }): Found | undefined {
    let found: AlgoOrder | undefined;
    for (const algo of this.#byOrderId.values()) {
      if (id.algoId === undefined ? algo.clientAlgoId === id.clientAlgoId : algo.algoId === id.algoId) found = algo;
    }
    return found === undefined ? undefined : this.#withOrder(found);
  }

  /** All that are known, oldest first. */
  list(symbol: string | undefined): readonly Found[] {
    const list: Found[] = [];
    for (const algo of this.#byOrderId.values()) {
      if (symbol !== undefined && algo.symbol !== symbol) continue;
      const found = this.#withOrder(algo);
      if (found !== undefined) list.push(found);
    }
    return list;
  }

  open(symbol: string | undefined): readonly Found[] {
    return this.list(symbol).filter(({ algo, order }) => !algo.hasTriggered && !isTerminal(order.status));
  }

  #withOrder(algo: AlgoOrder): Found | undefined {
    const order = this.#venue.order(algo.symbol, { orderId: algo.orderId });
    return order === undefined ? undefined : { algo, order };
  }
}

export interface Found {
  readonly algo: AlgoOrder;
  readonly order: VenueOrderRecord;
}

/** Whether the type waits for a trigger. */
export function isConditional({ type }: Pick<VenueOrderRecord, "type">): boolean {
  return type !== "market" && type !== "limit";
}
