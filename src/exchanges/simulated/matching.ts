import { assert } from "../../base/assert.ts";
import { decimalToNumber, type Decimal } from "../../base/decimal.ts";
import type { Fill } from "../../domain/fill.ts";
import type { PositionSide } from "../../domain/order.ts";
import type { ExchangeListener } from "../../engine/exchange.ts";
import { fromMinor } from "../../engine/portfolio/ledger.ts";
import type { Portfolio } from "../../engine/portfolio/portfolio.ts";
import type { PositionBook } from "../../engine/portfolio/position-book.ts";
import type { IntrabarPath } from "../../expert/options.ts";
import { goesUpNext, worstDetour } from "./path.ts";
import type { SymbolBook } from "./symbol-book.ts";
import type { WorkingOrder } from "./working-order.ts";
import { Liquidation } from "./liquidation.ts";

export interface MatchingOptions {
  readonly account: Portfolio;
  readonly leverage: number;
  /** Whether each position stands on its own margin. */
  readonly isIsolated: boolean;
  readonly makerFeeRate: Decimal;
  readonly takerFeeRate: Decimal;
  /** Share by which market orders fill worse than the price they meet. */
  readonly slippage: number;
  readonly intrabar: IntrabarPath;
  /** Called when an order is finished. */
  readonly forget: (order: WorkingOrder) => void;
  /** Called when a row's open is over and its way begins. */
  readonly afterOpen: (book: SymbolBook) => void;
}

/** Four prices of a row, or one price four times for a trade, with the time fills carry. */
export interface Row {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly time: number;
}

/** Walks the price through a row and lets it meet the orders on its way. */
export class Matching {
  readonly #account: Portfolio;
  readonly #leverage: number;
  readonly #feeRates: { readonly maker: Decimal; readonly taker: Decimal };
  readonly #takerFeeShare: number;
  readonly #slippage: number;
  readonly #intrabar: IntrabarPath;
  readonly #forget: (order: WorkingOrder) => void;
  readonly #afterOpen: (book: SymbolBook) => void;
  readonly #liquidation: Liquidation;
  listener: ExchangeListener | undefined;
  #time = 0.5;
  /** The row's first price is being met. */
  #isOpening = false;
  #tradeCount = 0;

  constructor(options: MatchingOptions) {
    this.#account = options.account;
    this.#leverage = options.leverage;
    this.#feeRates = { maker: options.makerFeeRate, taker: options.takerFeeRate };
    this.#takerFeeShare = decimalToNumber(options.takerFeeRate);
    this.#slippage = options.slippage;
    this.#intrabar = options.intrabar;
    this.#forget = options.forget;
    this.#afterOpen = options.afterOpen;
    this.#liquidation = new Liquidation(options);
  }

  /** Works out anew where the account is liquidated, after positions or money have changed. */
  watchLiquidation(book: SymbolBook): void {
    this.#liquidation.watch(book);
    book.settle();
  }

  /** Lets everything happen that a row makes happen. */
  walk(book: SymbolBook, row: Row): void {
    this.#time = row.time;
    book.isMoving = true;
    book.rowOpen = row.open;
    book.price = row.open;
    this.#open(book, row);
    if (book.fundings.length > 0) this.#afterOpen(book);
    let seenHigh = row.high <= row.open;
    let seenLow = row.low >= row.open;
    while (!seenHigh || !seenLow) {
      if (this.#intrabar === "pessimistic" && !seenHigh && !seenLow) this.#move(book, worstDetour(book, row) ?? book.price, true);
      const up = goesUpNext(this.#intrabar, book, { high: row.high, low: row.low, close: row.close, seenHigh, seenLow });
      const target = up ? row.high : row.low;
      this.#move(book, target, true);
      if (book.price !== target) continue;
      if (up) seenHigh = true;
      else seenLow = true;
    }
    this.#move(book, row.close, false);
    book.isMoving = false;
    this.watchLiquidation(book);
  }

  /** What happens at the first price of the row. */
  #open(book: SymbolBook, row: Row): void {
    const { orders } = book;
    this.#isOpening = true;
    for (let index = 0; index < orders.length; index += 1) {
      const order = orders[index] as WorkingOrder;
      if (order.isDone || order.createdAt > row.time) continue;
      if (order.expiresAt <= row.time) {
        this.#finish(order);
        this.#told().onExpired(order.clientOrderId, "its time in force has ended", row.time);
      } else if (order.type === "market") this.#fill(book, order, row.open, "taker");
      else if (order.firesAt(row.open)) this.#fire(book, order, row.open);
      if (!order.isDone && order.type === "limit" && order.isImmediate) this.#expireImmediate(order);
    }
    this.#isOpening = false;
    this.#liquidate(book, row.open);
  }

  /** Moves the price to a target through the orders on its way; may stop early where a position comes into being. */
  #move(book: SymbolBook, target: number, stopsAtEntry: boolean): void {
    const up = target > book.price;
    for (;;) {
      const next = this.#nextOnTheWay(book, target, up);
      const limit = this.#liquidation.levelOnTheWay(book, target, up);
      if (limit !== undefined && (next === undefined || (up ? limit < next.level : limit > next.level))) {
        book.price = limit;
        if (this.#liquidate(book, limit)) continue;
      }
      if (next === undefined) break;
      const wasFlat = isFlat(book);
      book.price = up ? Math.max(book.price, next.level) : Math.min(book.price, next.level);
      this.#fire(book, next, book.price);
      if (stopsAtEntry && wasFlat && !isFlat(book)) return;
    }
    book.price = target;
    for (const order of book.orders) order.trail(target);
  }

  /** The order that a price moving to the target meets first; of two at one price the older one. */
  #nextOnTheWay(book: SymbolBook, target: number, up: boolean): WorkingOrder | undefined {
    let best: WorkingOrder | undefined;
    for (const order of book.orders) {
      if (order.isDone || order.type === "market" || order.createdAt > this.#time) continue;
      const isHere = order.firesAt(book.price);
      if (!isHere && (order.firesUp !== up || !order.firesAt(target))) continue;
      if (isHere) return order;
      if (best === undefined || (up ? order.level < best.level : order.level > best.level)) best = order;
    }
    return best;
  }

  /** An order's level has been reached at this price. */
  #fire(book: SymbolBook, order: WorkingOrder, price: number): void {
    switch (order.type) {
      case "market":
      case "stop":
      case "takeProfit":
        return this.#fill(book, order, price, "taker");
      case "limit":
        return this.#fillLimit(book, order, price);
      case "stopLimit":
      case "takeProfitLimit": {
        order.type = "limit";
        order.aim();
        if (order.firesAt(price)) this.#fill(book, order, price, "taker");
        else if (order.isImmediate) this.#expireImmediate(order);
        else order.isResting = true;
        return;
      }
      case "trailingStop":
        if (Number.isNaN(order.watermark)) return order.activate(price);
        return this.#fill(book, order, price, "taker");
    }
  }

  /**
   * A limit order takes when the row that it has been sent before opens at its price or through it, and makes otherwise. A
   * post-only one was in the book before the price came down to it: it makes at its own price.
   */
  #fillLimit(book: SymbolBook, order: WorkingOrder, price: number): void {
    const isNew = this.#isOpening && order.isFresh(this.#time);
    if (isNew && order.postOnly) return this.#fill(book, order, order.limitPrice, "maker");
    const isBetter = order.isBuy ? price < order.limitPrice : price > order.limitPrice;
    this.#fill(book, order, isBetter ? price : order.limitPrice, isNew ? "taker" : "maker");
  }

  #fill(book: SymbolBook, order: WorkingOrder, price: number, liquidity: "maker" | "taker"): void {
    const position =
      book.positions.length === 1
        ? (book.positions[0] as PositionBook)
        : this.#account.book(book.math.instrument.symbol, order.positionSide);
    const sign = order.isBuy ? 1 : -1;
    const held = position.quantitySteps;
    if (order.reduceOnly) {
      const reducible = Math.sign(held) === -sign ? Math.abs(held) : 0;
      order.remainingSteps = Math.min(order.remainingSteps, reducible);
      if (order.remainingSteps === 0) return this.#withdraw(order, "nothing is left to reduce");
    }
    const isSlipping = liquidity === "taker" && order.type !== "limit" && this.#slippage !== 0;
    const worse = isSlipping ? price * (order.isBuy ? 1 + this.#slippage : 1 - this.#slippage) : price;
    // Data may be finer than today's price step; a fill is not.
    const fillPrice = book.math.price.round(worse, order.isBuy ? "ceil" : "floor");
    const steps = this.#affordable(book, order, held, fillPrice);
    if (steps === 0) return this.#withdraw(order, "the balance does not cover the order");
    this.#execute(book, order, { steps, price: fillPrice, liquidity });
  }

  #execute(
    book: SymbolBook,
    order: WorkingOrder,
    { steps, price, liquidity }: { steps: number; price: number; liquidity: "maker" | "taker" },
  ): void {
    const { math } = book;
    const value = math.value(math.price.toSteps(price), steps);
    const fee = book.feeOf(value, liquidity, this.#feeRates);
    this.#tradeCount += 1;
    const fill: Fill = {
      tradeId: String(this.#tradeCount),
      orderId: order.orderId,
      clientOrderId: order.clientOrderId,
      symbol: math.instrument.symbol,
      side: order.isBuy ? "buy" : "sell",
      positionSide: order.positionSide,
      price,
      quantity: math.quantity.toNumber(steps),
      fee: fromMinor(fee),
      feeAsset: math.instrument.settleAsset,
      liquidity,
      time: this.#time,
      purpose: order.purpose,
      tag: order.tag,
    };
    this.#finish(order);
    this.#account.applyFill(positionOf(book, order.positionSide), fill, fee);
    this.#told().onFill(fill, true);
  }

  /** The steps of an order that the account can pay for at a price: all, some (an order that may shrink) or none. */
  #affordable(book: SymbolBook, order: WorkingOrder, held: number, price: number): number {
    const { math } = book;
    const steps = order.remainingSteps;
    const sign = order.isBuy ? 1 : -1;
    const closing = Math.sign(held) === -sign ? Math.min(Math.abs(held), steps) : 0;
    if (closing === steps) return steps;
    const feeRate = this.#takerFeeShare;
    const perUnit = math.notional(price, 1);
    const bound = math.isSpot ? perUnit : perUnit / this.#leverage;
    const account = this.#account;
    // What closing sets free can be used by the rest of the same order.
    const released = closing === 0 || math.isSpot ? 0 : math.notional(price, math.quantity.toNumber(closing)) / this.#leverage;
    const free = account.freeMargin + released;
    const needed = math.quantity.toNumber(steps - closing) * bound + math.quantity.toNumber(steps) * perUnit * feeRate;
    if (needed <= free * (1 + 1e-12)) return steps;
    if (!order.shrinkToFit) return 0;
    const fitting = (free - math.quantity.toNumber(closing) * perUnit * feeRate) / (bound + perUnit * feeRate);
    const opening = fitting > 0 ? math.quantity.toSteps(fitting, "floor") : 0;
    const smallest = math.quantity.stepsOf(math.instrument.quantityMin ?? math.instrument.quantityStep);
    return opening < smallest ? closing : closing + Math.min(opening, steps - closing);
  }

  /** The venue closes what the margin no longer carries at this price, and cancels the orders of those positions. Returns whether it did. */
  #liquidate(book: SymbolBook, price: number): boolean {
    const [first, second] = book.positions;
    // Both are looked at before one is closed: that changes what the other stands on.
    const isFirstDue = first !== undefined && this.#liquidation.isDue(first, price);
    const isSecondDue = second !== undefined && this.#liquidation.isDue(second, price);
    if (isFirstDue) this.#closeByForce(book, first, price);
    if (isSecondDue) this.#closeByForce(book, second, price);
    return isFirstDue || isSecondDue;
  }

  #closeByForce(book: SymbolBook, position: PositionBook, price: number): void {
    for (const order of book.orders) {
      if (!order.isDone && order.positionSide === position.side) this.#withdraw(order, "cancelled by liquidation");
    }
    this.#told().onLiquidated(this.#liquidationFill(book, position, price));
  }

  #liquidationFill(book: SymbolBook, position: PositionBook, price: number): Fill {
    const { math } = book;
    const steps = Math.abs(position.quantitySteps);
    const fee = book.feeOf(math.value(math.price.toSteps(price), steps), "taker", this.#feeRates);
    this.#tradeCount += 1;
    const fill: Fill = {
      tradeId: String(this.#tradeCount),
      orderId: `liquidation-${this.#tradeCount}`,
      clientOrderId: "",
      symbol: math.instrument.symbol,
      side: position.quantitySteps > 0 ? "sell" : "buy",
      positionSide: position.side,
      price: math.price.round(price),
      quantity: math.quantity.toNumber(steps),
      fee: fromMinor(fee),
      feeAsset: math.instrument.settleAsset,
      liquidity: "taker",
      time: this.#time,
      purpose: "liquidation",
    };
    this.#account.applyFill(position, fill, fee);
    return fill;
  }

  #expireImmediate(order: WorkingOrder): void {
    this.#finish(order);
    this.#told().onExpired(order.clientOrderId, `nothing to fill it at once (${order.timeInForce})`, this.#time);
  }

  #withdraw(order: WorkingOrder, reason: string): void {
    this.#finish(order);
    this.#told().onCancelled(order.clientOrderId, reason, this.#time);
  }

  #finish(order: WorkingOrder): void {
    order.isDone = true;
    this.#forget(order);
  }

  #told(): ExchangeListener {
    assert(this.listener !== undefined, "connect a listener before the first row");
    return this.listener;
  }
}

function isFlat(book: SymbolBook): boolean {
  return book.positions.every((position) => position.quantitySteps === 0);
}

/** The position an order is for: the only one, or in hedge mode the long or short one. */
function positionOf(book: SymbolBook, side: PositionSide): PositionBook {
  const { positions } = book;
  return positions[positions.length === 2 && side === "short" ? 1 : 0] as PositionBook;
}
