import type { KeptOrder, OrderBooks } from "./order-book.ts";
import type { VenueAccount } from "./account.ts";
import type { Pool } from "./pool.ts";
import type { PositionBook } from "../../engine/portfolio/position-book.ts";

/** What an order binds of an asset. */
export interface Claim {
  readonly asset: string;
  readonly amount: number;
}

/** What is free of the account's money, and what open orders bind of it. */
export class Funds {
  readonly #account: VenueAccount;
  readonly #orders: OrderBooks;
  readonly #poolOf: (symbol: string) => Pool;
  /** Last price of a symbol, for orders that name none. */
  readonly #priceOf: (symbol: string) => number;

  constructor(options: {
    readonly account: VenueAccount;
    readonly orders: OrderBooks;
    readonly poolOf: (symbol: string) => Pool;
    readonly priceOf: (symbol: string) => number;
  }) {
    this.#account = options.account;
    this.#orders = options.orders;
    this.#poolOf = options.poolOf;
    this.#priceOf = options.priceOf;
  }

  /** What is neither margin nor bound in open orders. */
  free(asset: string, isSpot: boolean): number {
    if (isSpot) return Math.max(0, tidy(this.#account.total(asset) - this.bound(asset)));
    const pool = this.#poolFor(asset);
    if (pool === undefined) return this.#account.total(asset);
    return Math.max(0, Math.min(this.#account.total(asset), tidy(pool.freeMargin - this.#boundMargin(pool))));
  }

  /** What open spot orders bind of an asset; of alternatives only the dearest. `without` is left out. */
  bound(asset: string, without?: KeptOrder): number {
    let sum = 0;
    const groups = new Map<string, number>();
    for (const order of this.#orders.open()) {
      const claim = this.claimOf(order);
      if (order === without || claim.asset !== asset) continue;
      const group = order.request.ocoGroup;
      if (group === undefined) sum += claim.amount;
      else if (group !== without?.request.ocoGroup) groups.set(group, Math.max(groups.get(group) ?? 0, claim.amount));
    }
    for (const amount of groups.values()) sum += amount;
    return sum;
  }

  /** What what is left of a spot order binds. */
  claimOf(order: KeptOrder): Claim {
    const { math, request } = order;
    const quantity = math.quantity.toNumber(order.remainingSteps);
    if (request.side === "sell") return { asset: math.instrument.baseAsset, amount: quantity };
    const price = order.price ?? Math.max(order.triggerPrice ?? 0, this.#priceOf(request.symbol));
    return { asset: math.instrument.quoteAsset, amount: quantity * price * this.feeFactor };
  }

  /** What a purchase on spot costs for a unit of its value. */
  get feeFactor(): number {
    return this.#account.paysFeeInQuote ? 1 + this.#account.takerFeeShare : 1;
  }

  /** Money that a spot order may use: what is free and what it has bound itself. */
  spendable(order: KeptOrder): number {
    const { asset } = this.claimOf(order);
    return this.#account.total(asset) - this.bound(asset, order);
  }

  /** Steps of a spot purchase that the money pays for at a price; other orders are not bounded by it. */
  purchasable(order: KeptOrder, price: number, steps: number): number {
    const { math, request } = order;
    if (!math.isSpot || request.side === "sell") return steps;
    return Math.min(steps, math.quantity.toSteps(Math.max(0, this.spendable(order) / this.feeFactor / price), "floor"));
  }

  /** Whether the money covers an order that is kept already (with its alternatives); futures count only what would open. */
  covers(order: KeptOrder): boolean {
    if (order.math.isSpot) {
      const { amount } = this.claimOf(order);
      return amount <= withTolerance(this.spendable(order));
    }
    const pool = this.#poolOf(order.request.symbol);
    const opening = this.#openingNotional(order);
    // What only closes needs no margin: it is taken when a loss has left too little for the orders that wait.
    if (opening === 0) return true;
    const fee = opening * this.#account.takerFeeShare;
    return fee + this.#boundMargin(pool) <= withTolerance(pool.freeMargin);
  }

  /** Whether the margin that positions and orders bind is there. */
  isCarried(pool: Pool): boolean {
    return this.#boundMargin(pool) <= withTolerance(pool.freeMargin);
  }

  /** Steps of an order that can open a position at a price with the margin that is free; what closes costs none. */
  affordableSteps(order: KeptOrder, price: number): number {
    const { math, remainingSteps } = order;
    const pool = this.#poolOf(order.request.symbol);
    const closing = Math.min(closable(this.#bookOf(order), order), remainingSteps);
    const opening = remainingSteps - closing;
    if (opening === 0) return remainingSteps;
    const perUnit = math.notional(price, 1);
    const leverage = this.#account.leverageOf(order.request.symbol);
    const free = pool.freeMargin - this.#boundMargin(pool, order) + math.notional(price, math.quantity.toNumber(closing)) / leverage;
    const needed = math.quantity.toNumber(opening) * perUnit * (1 / leverage + this.#account.takerFeeShare);
    return needed <= withTolerance(free) ? remainingSteps : closing;
  }

  #poolFor(asset: string): Pool | undefined {
    const math = this.#account.maths.find(({ instrument }) => instrument.settleAsset === asset);
    return math === undefined ? undefined : this.#poolOf(math.instrument.symbol);
  }

  /** Margin bound by orders that would open positions: of each position the dearer side. Orders that wait for a trigger bind none. */
  #boundMargin(pool: Pool, without?: KeptOrder): number {
    const sides = new Map<PositionBook, { buy: Side; sell: Side }>();
    for (const order of this.#orders.open()) {
      if (order === without || order.isWaiting || order.request.reduceOnly === true) continue;
      if (this.#poolOf(order.request.symbol) !== pool) continue;
      const book = this.#bookOf(order);
      let both = sides.get(book);
      if (both === undefined) {
        both = { buy: { steps: 0, notional: 0 }, sell: { steps: 0, notional: 0 } };
        sides.set(book, both);
      }
      const side = both[order.request.side];
      side.steps += order.remainingSteps;
      side.notional += order.math.notional(this.#priceFor(order), order.math.quantity.toNumber(order.remainingSteps));
    }
    let bound = 0;
    for (const [book, { buy, sell }] of sides) {
      const held = book.quantitySteps;
      const opening = Math.max(openingShare(buy, Math.max(0, -held)), openingShare(sell, Math.max(0, held)));
      bound += opening / this.#account.leverageOf(book.symbol);
    }
    return bound;
  }

  #openingNotional(order: KeptOrder): number {
    const opening = Math.max(0, order.remainingSteps - closable(this.#bookOf(order), order));
    return order.math.notional(this.#priceFor(order), order.math.quantity.toNumber(opening));
  }

  #priceFor(order: KeptOrder): number {
    return order.price ?? this.#priceOf(order.request.symbol);
  }

  #bookOf(order: KeptOrder): PositionBook {
    return this.#account.book(order.request.symbol, order.positionSide);
  }
}

interface Side {
  steps: number;
  notional: number;
}

function openingShare({ steps, notional }: Side, closable: number): number {
  return steps > closable ? (notional * (steps - closable)) / steps : 0;
}

/** Steps of a position that an order of this side closes. */
function closable(book: PositionBook, order: KeptOrder): number {
  return Math.sign(book.quantitySteps) === (order.request.side === "buy" ? -1 : 1) ? Math.abs(book.quantitySteps) : 0;
}

function withTolerance(amount: number): number {
  return amount + Math.abs(amount) * 1e-12;
}

/** Free of the last digits that doubles add. */
function tidy(amount: number): number {
  return Math.round(amount * 1e8) / 1e8;
}
