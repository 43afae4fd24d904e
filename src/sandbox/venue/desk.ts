import type { OrderRequest } from "../../domain/order.ts";
import type { Side } from "../../domain/trade.ts";
import type { VenueFill, VenueTransfer } from "../../engine/venue-facts.ts";
import { PartMatching, type Execution, type FillPart, type PartMatchingVenue } from "../../exchanges/simulated/part-matching.ts";
import type { WorkingOrder } from "../../exchanges/simulated/working-order.ts";
import type { VenueEvent, VenueOrderRequest } from "../venue.ts";
import { assetsOf, type VenueAccount } from "./account.ts";
import { isClosingSide } from "./checks.ts";
import type { Funds } from "./funds.ts";
import { isConditional, type KeptOrder, type OrderBooks } from "./order-book.ts";
import type { IdCounter } from "./options.ts";
import type { Pool } from "./pool.ts";
import type { Trade } from "../../domain/trade.ts";

type AccountCause = Extract<VenueEvent, { readonly kind: "account" }>["cause"];

/** What the desk needs of the market around it. */
export interface DeskMarket {
  readonly now: number;
  emit(event: VenueEvent): void;
  /** Puts a trade of ours on the tape; gives the trade. */
  print(symbol: string, trade: { readonly price: number; readonly quantity: number; readonly takerSide: Side }): Trade;
  /** What a taker would get of the visible book. */
  partsFor(symbol: string, taker: Side, want: { readonly steps: number; readonly limit: number }): readonly FillPart[];
  /** The other side's best price for a taker. */
  meetingPrice(symbol: string, taker: Side): number;
  /** The newest trade of the market, which is what resting orders meet. */
  lastTrade(symbol: string): { readonly price: number; readonly quantity: number; readonly takerSide: Side } | undefined;
}

/** Keeps the orders in step with the matching: books what is executed and tells what becomes of them. */
export class OrderDesk implements PartMatchingVenue {
  readonly #account: VenueAccount;
  readonly #orders: OrderBooks;
  readonly #funds: Funds;
  readonly #pool: Pool;
  readonly #market: DeskMarket;
  readonly #orderIds: IdCounter;
  readonly matching: PartMatching;
  /** Called when money and positions have changed by executions. */
  readonly #onCovered: (asset: string, amount: number) => void;

  constructor(options: {
    readonly account: VenueAccount;
    readonly orders: OrderBooks;
    readonly funds: Funds;
    readonly pool: Pool;
    readonly market: DeskMarket;
    readonly orderIds: IdCounter;
    readonly onCovered: (asset: string, amount: number) => void;
  }) {
    this.#account = options.account;
    this.#orders = options.orders;
    this.#funds = options.funds;
    this.#pool = options.pool;
    this.#market = options.market;
    this.#orderIds = options.orderIds;
    this.#onCovered = options.onCovered;
    this.matching = new PartMatching({ account: this.#pool, venue: this });
  }

  leverageOf(symbol: string): number {
    return this.#account.leverageOf(symbol);
  }

  isIsolated(symbol: string): boolean {
    return this.#account.marginModeOf(symbol) === "isolated";
  }

  /** Takes an order that has been checked and kept, and lets it meet the market. */
  place(order: KeptOrder): void {
    this.matching.add(toRequest(order), this.#market.now);
    this.tell(order);
  }

  meet(order: KeptOrder): void {
    if (!order.isOpen || order.isWaiting) return;
    this.#preventSelfTrade(order);
    const { symbol, side } = order.request;
    this.matching.meet(order.orderId, this.#market.meetingPrice(symbol, side), this.#market.now);
  }

  tell(order: KeptOrder): void {
    this.#market.emit({ kind: "order", order: order.record(), time: this.#market.now });
  }

  partsOf(working: WorkingOrder, { liquidity }: { readonly price: number; readonly liquidity: "maker" | "taker" }): readonly FillPart[] {
    const order = this.#orders.byId(working.clientOrderId);
    return liquidity === "maker" ? this.#makerParts(order, working) : this.#takerParts(order, working);
  }

  onTriggered(working: WorkingOrder): void {
    const order = this.#orders.byId(working.clientOrderId);
    order.isWaiting = false;
    order.updatedAt = this.#market.now;
    this.tell(order);
    this.#endAlternatives(order, "another order of its group was triggered");
    this.#preventSelfTrade(order);
    if (!order.math.isSpot && working.type === "limit" && !this.#funds.covers(order)) {
      this.matching.end(order.orderId, "expired", "the margin does not cover the order", this.#market.now);
    }
  }

  onRested(working: WorkingOrder): void {
    this.#orders.byId(working.clientOrderId).isResting = true;
  }

  onExecution(execution: Execution): void {
    const { order: working, math, position, side, steps, price, liquidity, cause } = execution;
    const { symbol } = math.instrument;
    const order = working === undefined ? undefined : this.#orders.byId(working.clientOrderId);
    const quantity = math.quantity.toNumber(steps);
    const takerSide = liquidity === "taker" ? side : side === "buy" ? "sell" : "buy";
    const trade = this.#market.print(symbol, { price, quantity, takerSide });
    const charge = this.#account.execute(execution);
    const time = this.#market.now;
    order?.fill(steps, price, time);
    if (order?.isOpen === false) this.#orders.close(order);
    const fill: VenueFill = {
      tradeId: this.#orderIds.at(Number(trade.id)),
      orderId: order?.orderId ?? this.#orderIds.next(),
      clientOrderId: order?.clientOrderId ?? "",
      symbol,
      side,
      positionSide: position.side,
      price,
      quantity,
      ...charge,
      liquidity,
      time,
      cause,
    };
    this.#orders.addFill(fill);
    this.#market.emit({ kind: "fill", fill, order: order?.record(), time });
    if (cause === "liquidation" && this.#pool.openCount === 0) this.#cover();
    this.tellAccount("order", symbol, assetsOf(math.instrument));
    if (order !== undefined) this.#endAlternatives(order, "another order of its group was filled");
    if (position.quantitySteps === 0 && !math.isSpot) this.#endReducers(symbol, position.side, order);
  }

  onEnded(working: WorkingOrder, how: "cancelled" | "expired", reason: string, time: number): void {
    const order = this.#orders.byId(working.clientOrderId);
    order.status = how;
    order.reason = reason;
    order.updatedAt = time;
    this.#orders.close(order);
    this.tell(order);
  }

  /** Tells of the account as it is now. */
  tellAccount(cause: AccountCause, symbol: string, assets: readonly string[], transfer?: VenueTransfer): void {
    const isSpot = this.#pool.asset === "";
    this.#market.emit({
      kind: "account",
      cause,
      balances: this.#account.balancesOf(assets, (asset) => this.#funds.free(asset, isSpot)),
      positions: isSpot || symbol === "" ? [] : this.#account.positionsOf(symbol),
      ...(transfer === undefined ? {} : { transfer }),
      time: this.#market.now,
    });
  }

  #cover(): void {
    const amount = this.#account.coverLoss(this.#pool.asset);
    if (amount > 0) this.#onCovered(this.#pool.asset, amount);
  }

  /** A trade at the order's own price fills no more of it than was traded; one beyond it, or on the other side of it, all. */
  #makerParts(order: KeptOrder, working: WorkingOrder): readonly FillPart[] {
    const last = this.#market.lastTrade(order.request.symbol);
    const price = working.limitPrice;
    const left = working.remainingSteps;
    if (last?.price !== price || (last.takerSide === "sell") !== working.isBuy) return [{ price, steps: left }];
    return [{ price, steps: Math.min(left, order.math.quantity.toSteps(last.quantity)) }];
  }

  #takerParts(order: KeptOrder, working: WorkingOrder): readonly FillPart[] {
    const { math } = order;
    const isLimit = working.type === "limit";
    const limit = isLimit ? working.limitPrice : working.isBuy ? Infinity : 0;
    const { symbol, side } = order.request;
    const parts = this.#market.partsFor(symbol, side, { steps: working.remainingSteps, limit });
    if (math.isSpot) return isLimit || !working.isBuy ? parts : this.#paidParts(order, parts);
    if (working.reduceOnly || isLimit) return parts;
    const price = parts[0]?.price;
    return price === undefined ? [] : firstSteps(parts, this.#funds.affordableSteps(order, price));
  }

  /** As much of a purchase as the quote asset pays for. */
  #paidParts(order: KeptOrder, parts: readonly FillPart[]): readonly FillPart[] {
    const { price: prices, quantity } = order.math;
    let left = this.#funds.spendable(order) / this.#funds.feeFactor;
    const paid: FillPart[] = [];
    for (const { price, steps } of parts) {
      const affordable = Math.min(steps, quantity.toSteps(Math.max(0, left / price), "floor"));
      if (affordable > 0) paid.push({ price: prices.round(price), steps: affordable });
      if (affordable < steps) break;
      left -= quantity.toNumber(affordable) * price;
    }
    return paid;
  }

  /** Own orders on the other side that a limit order would meet expire, as by Binance's default (EXPIRE_MAKER). */
  #preventSelfTrade(order: KeptOrder): void {
    const { price, request } = order;
    if (price === undefined) return;
    for (const other of this.#orders.open(request.symbol)) {
      if (other.isWaiting || other.price === undefined || other.request.side === request.side) continue;
      if (request.side === "buy" ? other.price > price : other.price < price) continue;
      this.matching.end(other.orderId, "expired", "it would have traded with the account's own order", this.#market.now);
    }
  }

  #endAlternatives(order: KeptOrder, reason: string): void {
    const group = order.request.ocoGroup;
    if (group === undefined) return;
    for (const other of this.#orders.open(order.request.symbol)) {
      if (other !== order && other.request.ocoGroup === group) this.matching.end(other.orderId, "expired", reason, this.#market.now);
    }
  }

  /** Orders that rest only to reduce go with the position; those that wait for a trigger stay. */
  #endReducers(symbol: string, side: string, filled: KeptOrder | undefined): void {
    for (const other of this.#orders.open(symbol)) {
      if (other === filled || other.isWaiting || other.positionSide !== side) continue;
      if (!isReducing(other.request)) continue;
      this.matching.end(other.orderId, "expired", "nothing is left to reduce", this.#market.now);
    }
  }
}

/** Whether an order may only bring its position closer to zero, by its flag or by its side in hedge mode. */
export function isReducing(request: VenueOrderRequest): boolean {
  return request.reduceOnly === true || isClosingSide(request);
}

function firstSteps(parts: readonly FillPart[], steps: number): readonly FillPart[] {
  const first: FillPart[] = [];
  let left = steps;
  for (const part of parts) {
    if (left <= 0) break;
    first.push({ price: part.price, steps: Math.min(part.steps, left) });
    left -= part.steps;
  }
  return first;
}

/** The order as the matching takes it, under the venue's own id. */
function toRequest({ request, orderId, positionSide, timeInForce }: KeptOrder): OrderRequest {
  return {
    clientOrderId: orderId,
    symbol: request.symbol,
    side: request.side,
    type: request.type,
    quantity: request.quantity,
    price: request.price,
    triggerPrice: request.triggerPrice,
    trailingPct: request.trailingPct,
    activationPrice: request.activationPrice,
    timeInForce,
    expiresAt: request.expiresAt,
    reduceOnly: isReducing(request),
    postOnly: request.postOnly ?? false,
    positionSide,
    purpose: isConditional(request.type) ? "exit" : "entry",
    shrinkToFit: false,
  };
}
