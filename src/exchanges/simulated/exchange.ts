import { assert } from "../../base/assert.ts";
import { decimalFromNumber, type Decimal } from "../../base/decimal.ts";
import type { BarColumns } from "../../domain/bar.ts";
import type { Funding } from "../../domain/funding.ts";
import { canShort, type Instrument } from "../../domain/instrument.ts";
import { ORDER_TYPES, TIME_IN_FORCES, type Order, type OrderRequest } from "../../domain/order.ts";
import type { TradeColumns } from "../../domain/trade.ts";
import type {
  Exchange,
  ExchangeCapabilities,
  ExchangeListener,
  MarketObserver,
  OrderAmendment,
  QuietRange,
} from "../../engine/exchange.ts";
import { Portfolio, type PortfolioState } from "../../engine/portfolio/portfolio.ts";
import { Matching } from "./matching.ts";
import type { IntrabarPath } from "../../expert/options.ts";
import { SymbolBook } from "./symbol-book.ts";
import { WorkingOrder } from "./working-order.ts";

export interface SimulatedExchangeOptions {
  /** Whose rules and fees are simulated, such as `binance`. */
  readonly name: string;
  /** In the order of the feed's streams. */
  readonly instruments: readonly Instrument[];
  readonly initialCapital: number;
  readonly hedge: boolean;
  /** @default 1 */
  readonly leverage?: number;
  /** @default cross */
  readonly marginMode?: "isolated" | "cross";
  readonly makerFeePct: number;
  readonly takerFeePct: number;
  /** How much worse market orders fill than the price they meet, in percent. @default 0 */
  readonly slippagePct?: number;
  /** Full spread around the price, in percent; market orders pay half of it. @default 0 */
  readonly spreadPct?: number;
  /** @default pessimistic */
  readonly intrabar?: IntrabarPath;
}

/** Everything that an order can be. */
export const SIMULATED_CAPABILITIES: ExchangeCapabilities = {
  orderTypes: ORDER_TYPES,
  timeInForces: TIME_IN_FORCES,
  postOnly: true,
  reduceOnly: true,
  hedgeMode: true,
  amend: ORDER_TYPES,
  bindsBalance: false,
  groupSizeMax: Infinity,
};

/**
 * A venue that fills orders on bars or trades it is shown. An order sent while a row is being read fills on a later row at
 * the earliest, at its open when the market has jumped past the order's price. It keeps its own account and knows the truth
 * about it.
 */
export class SimulatedExchange implements Exchange, MarketObserver {
  readonly name: string;
  readonly capabilities = SIMULATED_CAPABILITIES;
  readonly instruments: readonly Instrument[];
  /** The venue's own books. */
  readonly account: Portfolio;
  readonly #books: readonly SymbolBook[];
  readonly #bySymbol = new Map<string, SymbolBook>();
  readonly #orders = new Map<string, WorkingOrder>();
  readonly #matching: Matching;
  #listener: ExchangeListener | undefined;
  #sequence = 0;
  #time = 0.5;

  constructor(options: SimulatedExchangeOptions) {
    const { instruments, initialCapital, hedge, leverage = 1 } = options;
    this.name = options.name;
    this.instruments = instruments;
    this.account = new Portfolio({ instruments, initialCapital, hedge, leverage, keepsTrades: false });
    this.#books = this.account.maths.map((math) => new SymbolBook(math, this.account.booksOf(math.instrument.symbol)));
    for (const book of this.#books) this.#bySymbol.set(book.math.instrument.symbol, book);
    this.#matching = new Matching({
      account: this.account,
      leverage,
      isIsolated: options.marginMode === "isolated",
      makerFeeRate: rateOf(options.makerFeePct),
      takerFeeRate: rateOf(options.takerFeePct),
      slippage: (options.slippagePct ?? 0) / 100 + (options.spreadPct ?? 0) / 200,
      intrabar: options.intrabar ?? "pessimistic",
      forget: (order) => this.#orders.delete(order.clientOrderId),
      afterOpen: (book) => this.#payFunding(book, Infinity),
    });
  }

  connect(listener: ExchangeListener): void {
    assert(this.#listener === undefined, "an exchange has one listener");
    this.#listener = listener;
    this.#matching.listener = listener;
  }

  /** Takes over an account and the orders that were working in it; nothing is reported. Trailing stops begin at the next price again. */
  restore(account: PortfolioState, orders: readonly Order[]): void {
    this.account.restore(account);
    for (const kept of orders) {
      const book = this.#bySymbol.get(kept.symbol);
      if (book === undefined) continue;
      this.#sequence = Math.max(this.#sequence, Number(kept.orderId) || 0);
      const order = new WorkingOrder(
        { ...kept, quantity: kept.quantity - kept.filledQuantity },
        { sequence: this.#sequence, math: book.math, time: -Infinity },
      );
      this.#orders.set(order.clientOrderId, order);
      book.add(order);
    }
    for (const book of this.#books) if (book.isHolding) this.#matching.watchLiquidation(book);
  }

  submit(request: OrderRequest): void {
    const listener = this.#connected();
    const book = this.#bySymbol.get(request.symbol);
    const reason = book === undefined ? `${request.symbol} is not listed` : this.#refusal(request, book);
    if (book === undefined || reason !== undefined) {
      listener.onRejected(request.clientOrderId, reason ?? "", this.#time);
      return;
    }
    this.#sequence += 1;
    const order = new WorkingOrder(request, { sequence: this.#sequence, math: book.math, time: this.#time });
    if (order.type === "trailingStop" && Number.isNaN(order.triggerPrice) && !Number.isNaN(book.price)) order.activate(book.price);
    this.#orders.set(order.clientOrderId, order);
    listener.onAccepted(order.clientOrderId, order.orderId, this.#time);
    book.add(order);
  }

  submitGroup(requests: readonly OrderRequest[]): void {
    for (const request of requests) this.submit(request);
  }

  amend(clientOrderId: string, amendment: OrderAmendment): void {
    const listener = this.#connected();
    const order = this.#orders.get(clientOrderId);
    if (order === undefined) return listener.onRequestRejected(clientOrderId, "the order is not open", this.#time);
    if (amendment.quantity !== undefined) order.remainingSteps = order.math.quantity.toSteps(amendment.quantity);
    if (amendment.price !== undefined) order.limitPrice = amendment.price;
    if (amendment.triggerPrice !== undefined) order.triggerPrice = amendment.triggerPrice;
    if (amendment.trailingPct !== undefined) order.trailingPct = amendment.trailingPct;
    order.aim();
    const book = this.#bySymbol.get(order.math.instrument.symbol);
    if (book !== undefined && !book.isMoving) book.settle();
    listener.onAmended(clientOrderId, amendment, this.#time);
  }

  cancel(clientOrderId: string): void {
    const listener = this.#connected();
    const order = this.#orders.get(clientOrderId);
    if (order === undefined) return listener.onRequestRejected(clientOrderId, "the order is not open", this.#time);
    order.isDone = true;
    this.#orders.delete(clientOrderId);
    const book = this.#bySymbol.get(order.math.instrument.symbol);
    if (book !== undefined && !book.isMoving) book.settle();
    listener.onCancelled(clientOrderId, "cancelled on request", this.#time);
  }

  onBar(stream: number, columns: BarColumns, row: number, closeTime: number): void {
    const book = this.#books[stream] as SymbolBook;
    const high = columns.high[row] as number;
    const low = columns.low[row] as number;
    const close = columns.close[row] as number;
    const openTime = columns.openTime[row] as number;
    if (high >= book.up || low <= book.down) {
      if (book.fundings.length > 0) this.#payFunding(book, openTime);
      this.#matching.walk(book, { open: columns.open[row] as number, high, low, close, time: openTime });
      this.#watchOthers(book);
    }
    this.onQuiet(stream, close, closeTime);
  }

  quietRange(stream: number): QuietRange {
    return this.#books[stream] as SymbolBook;
  }

  onQuiet(stream: number, price: number, time: number): void {
    const book = this.#books[stream] as SymbolBook;
    this.#time = time;
    book.price = price;
    book.barEnd = time;
    for (const position of book.positions) position.price = price;
    if (this.account.openCount > 0) this.account.revalueOpen();
  }

  onTrade(stream: number, columns: TradeColumns, row: number): void {
    const book = this.#books[stream] as SymbolBook;
    const price = columns.price[row] as number;
    const time = columns.time[row] as number;
    if (price >= book.up || price <= book.down) {
      this.#matching.walk(book, { open: price, high: price, low: price, close: price, time });
      this.#watchOthers(book);
    }
    this.onQuiet(stream, price, time);
    book.barEnd = Infinity;
  }

  onFunding(stream: number, funding: Funding): void {
    const book = this.#books[stream] as SymbolBook;
    this.#time = funding.time;
    if (funding.time <= book.barEnd) return this.#pay(book, funding);
    // Whoever trades at the coming bar's open does so before this; where nothing is held or ordered there is nothing to pay.
    if (!book.isHolding && book.orders.length === 0) return;
    book.fundings.push(funding);
    book.settle();
  }

  onTime(time: number): void {
    this.#time = time;
  }

  /** Settles what was due up to a moment. */
  #payFunding(book: SymbolBook, until: number): void {
    const { fundings } = book;
    let due = 0;
    while (due < fundings.length && (fundings[due] as Funding).time <= until) due += 1;
    for (const funding of fundings.splice(0, due)) this.#pay(book, funding);
  }

  #pay(book: SymbolBook, funding: Funding): void {
    const price = funding.markPrice ?? book.price;
    if (!book.isHolding || Number.isNaN(price)) return;
    const { symbol } = book.math.instrument;
    this.account.applyFunding(symbol, funding.rate, price);
    if (!book.isMoving) this.#matching.watchLiquidation(book);
    this.#watchOthers(book);
    this.#connected().onFundingPaid(symbol, funding.rate, price, funding.time);
  }

  /** What happened to one symbol changes the money that the positions of the others stand on. */
  #watchOthers(book: SymbolBook): void {
    if (this.#books.length === 1 || this.account.openCount === 0) return;
    for (const other of this.#books) if (other !== book && other.isHolding) this.#matching.watchLiquidation(other);
  }

  /** Why the venue does not take an order, if it does not. */
  #refusal(request: OrderRequest, book: SymbolBook): string | undefined {
    const { instrument, quantity } = book.math;
    const smallest = Number(instrument.quantityMin ?? instrument.quantityStep);
    if (!(request.quantity > 0) || request.quantity < smallest) return `quantity ${request.quantity} is below the smallest of ${smallest}`;
    if (instrument.quantityMax !== undefined && request.quantity > Number(instrument.quantityMax)) {
      return `quantity ${request.quantity} is above the largest of ${instrument.quantityMax}`;
    }
    const position = this.account.book(request.symbol, request.positionSide);
    const held = position.quantitySteps;
    const steps = quantity.toSteps(request.quantity) * (request.side === "buy" ? 1 : -1);
    if (request.reduceOnly && (held === 0 || Math.sign(held) === Math.sign(steps))) return "a reduce-only order needs a position to reduce";
    if (!canShort(instrument) && held + steps < 0) return `not enough ${instrument.baseAsset} to sell`;
    if (request.postOnly && request.price !== undefined && this.#crosses(request, book.price))
      return "a post-only order would have taken liquidity";
    return undefined;
  }

  #crosses(request: OrderRequest, price: number): boolean {
    return request.side === "buy" ? (request.price ?? 0) >= price : (request.price ?? Infinity) <= price;
  }

  #connected(): ExchangeListener {
    assert(this.#listener !== undefined, "connect a listener before the first request");
    return this.#listener;
  }
}

/** A percentage as an exact share. */
function rateOf(percent: number): Decimal {
  const { units, scale } = decimalFromNumber(percent);
  return { units, scale: scale + 2 };
}
