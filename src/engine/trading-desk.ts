import type { OrderPurpose } from "../domain/order.ts";
import { canShort } from "../domain/instrument.ts";
import type { Side } from "../domain/trade.ts";
import type { OrderChanges, OrderOptions, OrderOutcome, TransactionRequest, TransactionResult } from "../expert/expert.ts";
import type { ResolvedFilterOptions, ResolvedRiskOptions } from "../expert/resolved.ts";
import type { Exchange } from "./exchange.ts";
import type { Journal } from "./journal.ts";
import { LiveOrder, type Protection } from "./orders/live-order.ts";
import type { OrderManager } from "./orders/order-manager.ts";
import { checkOrderChanges, checkOrderOptions, orderTypeOf } from "./orders/order-options.ts";
import type { Portfolio } from "./portfolio/portfolio.ts";
import type { PositionBook } from "./portfolio/position-book.ts";
import type { MarketView, RiskCheck, RiskContext } from "./risk/check.ts";
import { activeChangeChecks, activeEntryChecks, checkChange, checkEntry } from "./risk/checks.ts";
import { worstCase } from "./risk/exposure.ts";
import { sizeOf } from "./risk/sizing.ts";
import type { OrderThrottle } from "./risk/throttle.ts";

/** What the desk has to know about the moment. */
export interface DeskState {
  readonly now: number;
  /** Why no entries into a symbol are allowed right now, if so. */
  entryBlockOf(symbol: string): string | undefined;
  /** What is known of a symbol's market beyond its last price; undefined where it is always current and has no quotes. */
  marketOf(symbol: string): MarketView | undefined;
  /** Undefined where no limit needs one. */
  readonly throttle: OrderThrottle | undefined;
  /** Volume of the last closed bar of a symbol. */
  lastVolume(symbol: string): number;
  /** Whether anybody listens to `onTransaction`. */
  readonly reportsTransactions: boolean;
  onTransaction(request: TransactionRequest, result: TransactionResult): void;
}

export interface TradingDeskOptions {
  readonly exchange: Exchange;
  readonly orders: OrderManager;
  readonly portfolio: Portfolio;
  readonly journal: Journal;
  readonly state: DeskState;
  readonly risk: ResolvedRiskOptions;
  readonly filters: ResolvedFilterOptions;
  readonly hedge: boolean;
  /** Share of the value that a taker's fee and slippage cost, for sizing. */
  readonly costRate: number;
  readonly nextId: () => string;
}

const NO_OPTIONS: OrderOptions = {};

/** Turns what an expert wants into an order: symbol, size, grid, protection, risk, and out on the one road. */
export class TradingDesk {
  readonly #options: TradingDeskOptions;
  readonly #portfolio: Portfolio;
  readonly #defaultProtection: Protection | undefined;
  readonly #entryChecks: readonly RiskCheck[];
  readonly #changeChecks: readonly RiskCheck[];

  constructor(options: TradingDeskOptions) {
    this.#options = options;
    this.#portfolio = options.portfolio;
    this.#defaultProtection = protectionOf(NO_OPTIONS, options.risk);
    this.#entryChecks = activeEntryChecks(options.risk, options.filters);
    this.#changeChecks = activeChangeChecks(options.risk, options.filters);
  }

  trade(side: Side, options: OrderOptions = NO_OPTIONS): OrderOutcome {
    const { state, hedge } = this.#options;
    const symbol = options.symbol ?? this.#firstSymbol();
    if (this.#portfolio.booksOf(symbol).length === 0)
      return this.#refuse(side, symbol, "symbol", `${symbol} is not one of the run's symbols`);
    const positionSide = hedge ? (options.positionSide ?? this.#sideFor(side, options)) : "net";
    const book = this.#portfolio.book(symbol, positionSide);
    const type = orderTypeOf(options);
    const price = referencePrice(options, book);
    const problem = options === NO_OPTIONS ? undefined : checkOrderOptions(side, type, options, { price, math: book.math, now: state.now });
    if (problem !== undefined) return this.#refuse(side, symbol, "order", problem);
    if (!(price > 0)) return this.#refuse(side, symbol, "price", `no price of ${symbol} is known yet`);

    const sign = side === "buy" ? 1 : -1;
    const heldSteps = this.#options.orders.expectedSteps(book);
    // In hedge mode only a buy opens the long side and only a sell the short one.
    const reduces = options.reduceOnly === true || (hedge && (side === "buy") !== (positionSide === "long"));
    if (reduces && Math.sign(heldSteps) !== -sign)
      return this.#refuse(side, symbol, "flat", `there is no position of ${symbol} that a ${side} would reduce`);
    const spotExit = book.math.isSpot && side === "sell";
    if (spotExit && heldSteps <= 0)
      return this.#refuse(side, symbol, "short", `nothing of ${symbol} is held, and spot cannot be sold short`);
    const quantity = this.#quantity(side, book, options, { price, heldSteps, isExit: reduces || spotExit });
    if (typeof quantity === "string") return this.#refuse(side, symbol, "size", quantity);

    const order = new LiveOrder(this.#options.nextId(), symbol, side, type, quantity, state.now);
    const isExit = reduces || spotExit || (Math.sign(heldSteps) === -sign && book.math.quantity.toSteps(quantity) <= Math.abs(heldSteps));
    // An exit from what has not filled yet opens the other side if that comes to nothing: it is asked about and protected like an entry.
    const isAhead = isExit && -sign * book.quantitySteps < book.math.quantity.toSteps(quantity);
    const mayOpen = !isExit || (isAhead && !reduces && !spotExit);
    this.#describe(order, options, {
      book,
      positionSide,
      purpose: isExit ? "exit" : "entry",
      reduceOnly: reduces || spotExit || (isExit && !isAhead),
      mayOpen,
    });
    if (mayOpen) {
      const verdict = checkEntry(order, this.#context(book, price, heldSteps), this.#entryChecks);
      if (!verdict.approved) return this.#refuse(side, symbol, verdict.code, verdict.reason);
    }
    return this.#send(order);
  }

  /** Closes a position at market. */
  close(book: PositionBook, tag: string | undefined, purpose: OrderPurpose = "exit"): OrderOutcome {
    const held = book.quantity;
    const side: Side = held > 0 ? "sell" : "buy";
    if (held === 0) return { accepted: false, code: "flat", reason: `no position of ${book.symbol} to close` };
    if (this.#options.orders.expectedSteps(book) === 0)
      return { accepted: false, code: "closing", reason: `the position of ${book.symbol} is being closed already` };
    const quantity = book.math.rules.fit(Math.abs(held));
    if (quantity === 0)
      return { accepted: false, code: "size", reason: `the position of ${held} ${book.symbol} is too small for an order` };
    const order = new LiveOrder(this.#options.nextId(), book.symbol, side, "market", quantity, this.#options.state.now);
    order.reduceOnly = true;
    order.purpose = purpose;
    order.positionSide = book.side;
    order.tag = tag;
    return this.#send(order);
  }

  amend(clientOrderId: string, changes: OrderChanges): OrderOutcome {
    const order = this.#options.orders.get(clientOrderId);
    if (order === undefined) return this.#turnDown("amend", clientOrderId, undefined);
    const book = this.#portfolio.book(order.symbol, order.positionSide);
    const { price, quantity, quantityMin: smallest } = book.math.rules;
    const problem = checkOrderChanges(order.type, changes, book.math);
    if (problem !== undefined) return this.#turnDown("amend", clientOrderId, order, problem);
    if (changes.quantity !== undefined && quantity.round(changes.quantity, "floor") < smallest)
      return this.#turnDown("amend", clientOrderId, order, `a quantity of ${changes.quantity} is below the smallest order of ${smallest}`);
    const amendment = {
      quantity: changes.quantity === undefined ? undefined : quantity.round(changes.quantity, "floor"),
      price: changes.price === undefined ? undefined : price.round(changes.price),
      triggerPrice: changes.triggerPrice === undefined ? undefined : price.round(changes.triggerPrice),
      trailingPct: changes.trailingPct,
    };
    const context = this.#context(book, book.price, this.#options.orders.expectedSteps(book));
    const verdict = checkChange(order, amendment, context, this.#changeChecks);
    if (!verdict.approved) return this.#turnDown("amend", clientOrderId, order, verdict.reason);
    this.#options.orders.amend(order, amendment);
    return this.#report("amend", order);
  }

  cancel(clientOrderId: string): OrderOutcome {
    const order = this.#options.orders.get(clientOrderId);
    if (order === undefined) return this.#turnDown("cancel", clientOrderId, undefined);
    if (order.parentId !== undefined) this.#options.orders.brackets.forget(order);
    this.#options.orders.cancel(order);
    return this.#report("cancel", order);
  }

  cancelAll(symbol: string | undefined): number {
    const chosen = this.#options.orders
      .open()
      .filter((order) => order.parentId === undefined && (symbol === undefined || order.symbol === symbol));
    for (const order of chosen) this.cancel(order.clientOrderId);
    return chosen.length;
  }

  /** Tells of a change that went out. */
  #report(action: "amend" | "cancel", order: LiveOrder): OrderOutcome {
    const { state } = this.#options;
    if (state.reportsTransactions) state.onTransaction(order.snapshotRequest(action), { status: "accepted", order: order.snapshot() });
    return { accepted: true, order };
  }

  /** Tells of a change that cannot be made. */
  #turnDown(action: "amend" | "cancel", clientOrderId: string, order: LiveOrder | undefined, problem?: string): OrderOutcome {
    const { state } = this.#options;
    const reason = problem ?? `order ${clientOrderId} is not open`;
    if (state.reportsTransactions) {
      const request = order?.snapshotRequest(action) ?? { action, clientOrderId, symbol: "" };
      state.onTransaction(request, { status: "refused", reason });
    }
    return { accepted: false, code: problem === undefined ? "notOpen" : "order", reason };
  }

  #send(order: LiveOrder): OrderOutcome {
    const { orders, state } = this.#options;
    orders.send(order);
    const outcome: OrderOutcome =
      order.status === "rejected"
        ? { accepted: false, code: "rejected", reason: order.reason ?? "rejected by the exchange" }
        : { accepted: true, order };
    if (state.reportsTransactions) {
      const result: TransactionResult = outcome.accepted
        ? { status: "accepted", order: order.snapshot() }
        : { status: "rejected", reason: outcome.reason };
      state.onTransaction(order.snapshotRequest("submit"), result);
    }
    return outcome;
  }

  #describe(
    order: LiveOrder,
    options: OrderOptions,
    {
      book,
      positionSide,
      purpose,
      reduceOnly,
      mayOpen,
    }: {
      book: PositionBook;
      positionSide: LiveOrder["positionSide"];
      purpose: OrderPurpose;
      reduceOnly: boolean;
      mayOpen: boolean;
    },
  ): void {
    const grid = book.math.rules.price;
    order.positionSide = positionSide;
    order.purpose = purpose;
    order.reduceOnly = reduceOnly;
    order.shrinkToFit = options.quantity === undefined && order.type === "market";
    if (mayOpen) order.protection = options === NO_OPTIONS ? this.#defaultProtection : protectionOf(options, this.#options.risk);
    if (options === NO_OPTIONS) return;
    if (options.price !== undefined) order.price = grid.round(options.price);
    if (options.triggerPrice !== undefined) order.triggerPrice = grid.round(options.triggerPrice);
    if (options.activationPrice !== undefined) order.activationPrice = grid.round(options.activationPrice);
    order.trailingPct = options.trailingPct;
    order.timeInForce = options.timeInForce ?? (options.expiresAt === undefined ? "GTC" : "GTD");
    order.expiresAt = options.expiresAt;
    order.postOnly = options.postOnly ?? false;
    order.tag = options.tag;
  }

  /** The quantity on the grid, or the reason why there is none. */
  #quantity(
    side: Side,
    book: PositionBook,
    options: OrderOptions,
    { price, heldSteps, isExit }: { price: number; heldSteps: number; isExit: boolean },
  ): number | string {
    const { math } = book;
    const { instrument, quantityMin: smallest, notionalMin } = math.rules;
    const held = Math.abs(math.quantity.toNumber(heldSteps));
    let wanted = options.quantity;
    if (wanted === undefined && isExit) wanted = held;
    if (wanted === undefined) wanted = this.#sized(side, book, options, { price, heldSteps });
    if (Number.isNaN(wanted)) return "riskBased sizing needs a stop-loss; set stopLossPct in risk or give the order a stopLoss";
    const quantity = math.rules.fit(wanted);
    if (quantity < smallest) return `a quantity of ${wanted} is below the smallest order of ${smallest} ${instrument.symbol}`;
    const notional = math.isInverse ? quantity * math.multiplier : math.notional(price, quantity);
    if (!isExit && notional < notionalMin) {
      return `an order worth ${notional} is below the smallest of ${notionalMin} ${instrument.quoteAsset}`;
    }
    return isExit && !canShort(instrument) ? Math.min(quantity, held) : quantity;
  }

  #sized(side: Side, book: PositionBook, options: OrderOptions, { price, heldSteps }: { price: number; heldSteps: number }): number {
    const { risk, costRate } = this.#options;
    const { math } = book;
    const sign = side === "buy" ? 1 : -1;
    const held = math.quantity.toNumber(heldSteps);
    // Market orders on their way bind margin or set it free before this order comes to it.
    const bound = (math.notional(price, held) - math.notional(price, book.quantity)) / (math.isSpot ? 1 : risk.leverage);
    const stopPct = options.stopLossPct ?? risk.stopLossPct;
    const stopDistance =
      options.stopLoss !== undefined ? Math.abs(price - options.stopLoss) / price : stopPct === undefined ? NaN : stopPct / 100;
    const quantity = sizeOf(options.sizing ?? risk.sizing, {
      math,
      price,
      equity: this.#portfolio.equity,
      freeMargin: this.#portfolio.freeMargin - bound,
      closing: sign * held < 0 ? math.notional(price, held) : 0,
      leverage: risk.leverage,
      stopDistance,
      costRate,
    });
    if (risk.maxPositionSizeQuote === Infinity) return quantity;
    // Sizing keeps below the limit by itself; only quantities that an expert names can break it.
    const unit = math.isInverse ? math.multiplier : math.notional(price, 1);
    const waiting = math.quantity.toNumber(worstCase(book, side, this.#options.orders.open()).steps);
    return Math.max(0, Math.min(quantity, risk.maxPositionSizeQuote / unit - Math.max(sign * held, waiting)));
  }

  #context(book: PositionBook, price: number, heldSteps: number): RiskContext {
    const { state, orders, risk, filters } = this.#options;
    return {
      time: state.now,
      price,
      book,
      heldSteps,
      orders,
      portfolio: this.#portfolio,
      risk,
      filters,
      lastVolume: state.lastVolume(book.symbol),
      entryBlock: state.entryBlockOf(book.symbol),
      market: state.marketOf(book.symbol),
      throttle: state.throttle,
    };
  }

  #refuse(side: Side, symbol: string, code: string, reason: string): OrderOutcome {
    const { orders, journal, state } = this.#options;
    orders.refused += 1;
    journal.note("refusal", state.now, `${side} ${symbol}: ${reason}`, 0);
    state.onTransaction({ action: "submit", clientOrderId: "", symbol, side }, { status: "refused", reason });
    return { accepted: false, code, reason };
  }

  #sideFor(side: Side, options: OrderOptions): LiveOrder["positionSide"] {
    const isOpening = options.reduceOnly !== true;
    return (side === "buy") === isOpening ? "long" : "short";
  }

  #firstSymbol(): string {
    return (this.#portfolio.books[0] as PositionBook).symbol;
  }
}

/** What an order brings along, from its own options over the run's; undefined when nothing. */
function protectionOf(options: OrderOptions, risk: ResolvedRiskOptions): Protection | undefined {
  const pct = options.trailingStopPct ?? risk.trailingStopPct;
  const activationPct = options.trailingActivationPct ?? risk.trailingActivationPct;
  const protection: Protection = {
    stopLoss: options.stopLoss,
    stopLossPct: options.stopLossPct ?? risk.stopLossPct,
    takeProfit: options.takeProfit,
    takeProfitPct: options.takeProfitPct ?? risk.takeProfitPct,
    trailingStops: options.trailingStops ?? (pct === undefined ? [] : [{ pct, activationPct }]),
    breakevenPct: risk.breakevenPct,
  };
  const { stopLoss, stopLossPct, takeProfit, takeProfitPct, trailingStops } = protection;
  const isEmpty = trailingStops.length === 0 && [stopLoss, stopLossPct, takeProfit, takeProfitPct].every((part) => part === undefined);
  return isEmpty ? undefined : protection;
}

/** The price an order is measured at before it fills. */
function referencePrice(options: OrderOptions, book: PositionBook): number {
  return options.price ?? options.triggerPrice ?? book.price;
}
