import type { BarColumns } from "../../src/domain/bar.ts";
import type { Fill } from "../../src/domain/fill.ts";
import type { Order, PositionSide } from "../../src/domain/order.ts";
import type { Expert, OrderOptions } from "../../src/expert/expert.ts";
import type { ReferenceOptions } from "./reference-runs-files.ts";
import { Projection, type Lot, type LotBook } from "./reference-runs-lots.ts";
import type { Strategy, Wish } from "./reference-runs-strategies.ts";

/** A fill with the row it happened in, and the row its order was sent in where it is the strategy's own. */
export interface FillOnBar {
  readonly fill: Fill;
  readonly row: number;
  readonly sentRow: number | undefined;
}

export interface ReferenceBrokerParts {
  readonly expert: Expert;
  readonly strategy: Strategy;
  readonly options: ReferenceOptions;
  readonly bars: BarColumns;
  /** How long after a bar's time the auction of its close is. */
  readonly auctionMs: number;
  readonly book: LotBook;
  /** Receives the equity at each bar's close, as backtesting.py marks it. */
  readonly equity: Float64Array;
  /** Receives the same from our engine. */
  readonly engineEquity: Float64Array;
  readonly fills: FillOnBar[];
  /** Receives the rows in which the strategy wants to trade. */
  readonly signals: Set<number>;
}

/** backtesting.py's size when none is given: everything that is available. */
const FULL = 1 - 2 ** -52;

/**
 * backtesting.py's broker in front of ours. It gives orders their size on the bar they fill in, at its prices; an expert has
 * to say the size when it sends the order, so this one is told the next bar's open and close.
 */
export class ReferenceBroker {
  readonly #parts: ReferenceBrokerParts;
  /** Stop and target of an order that has been sent, by its id, and the row it was sent in. */
  readonly #sent = new Map<string, { readonly wish: Wish; readonly row: number }>();
  readonly #rows = new Map<number, number>();
  #row = -1;
  #isAuction = true;
  #isWoundUp = false;
  /** The order that the last bar's signal has sent; it can fill in the second walk through that bar only. */
  #atEnd: Wish | undefined;

  constructor(parts: ReferenceBrokerParts) {
    this.#parts = parts;
    for (let row = 0; row < parts.bars.length; row += 1) {
      const time = this.#at("openTime", row);
      this.#rows.set(time, row);
      if (parts.options.tradeOnClose) this.#rows.set(time + parts.auctionMs, row);
    }
  }

  /** Registers what the broker listens to. */
  start(): void {
    const { expert } = this.#parts;
    expert.onTransaction((_request, result) => {
      if (result.status === "filled") this.#filled(result.order, result.fill);
    });
    expert.onBar(expert.timeframe, () => this.#onBar());
    expert.onStop(() => this.#finalize());
  }

  #at(column: "openTime" | "open" | "close", row: number): number {
    return this.#parts.bars[column][row] as number;
  }

  get #lastRow(): number {
    return this.#parts.bars.length - 1;
  }

  #onBar(): void {
    const { expert, strategy, options, book, equity, engineEquity, signals } = this.#parts;
    this.#isAuction = options.tradeOnClose && !this.#isAuction;
    if (this.#isAuction) return;
    this.#row += 1;
    this.#dropLiquidated();
    equity[this.#row] = book.equityAt(this.#at("close", this.#row));
    engineEquity[this.#row] = expert.account.equity - book.extra;
    strategy.see?.();
    if ((equity[this.#row] as number) <= 0) this.#windUp();
    if (this.#isWoundUp || this.#row <= strategy.warmup) return;
    const wish = strategy.next(this.#at("close", this.#row));
    if (wish === undefined) return;
    signals.add(this.#row);
    if (this.#row === this.#lastRow) this.#atEnd = wish;
    else this.#place(wish);
  }

  /**
   * Where nothing is left at a close, backtesting.py closes what is open at that price, forgives what is owed and ends. Our
   * account owes it; the test ends the run there and forgives on paper.
   */
  #windUp(): void {
    const { expert, book, equity } = this.#parts;
    const price = this.#at("close", this.#row);
    // It walks the list of trades that it shortens, and leaves every second one.
    for (let index = 0; index < book.lots.length; index += 1) {
      const lot = book.lots[index] as Lot;
      book.close(lot, Math.abs(lot.size), { price, bar: this.#row });
    }
    equity.fill(0, this.#row);
    this.#isWoundUp = true;
    expert.stop();
  }

  /** What the venue has liquidated is gone; backtesting.py has no such thing. */
  #dropLiquidated(): void {
    const { expert, book } = this.#parts;
    const isHeld = (side: PositionSide): boolean => !expert.positionOf(expert.symbol, side).isFlat;
    if (book.lots.length > 0 && !isHeld("long") && !isHeld("short")) book.lots.length = 0;
  }

  #place(wish: Wish): void {
    const { expert, options } = this.#parts;
    const projection = this.#projection();
    if (options.exclusiveOrders) {
      projection.closeAll();
      for (const side of options.hedging ? (["long", "short"] as const) : (["net"] as const)) expert.closePosition({ side });
    }
    const before = new Map(projection.left);
    const filled = projection.fill(wish.direction, wish.size ?? FULL);
    if (filled === undefined || filled.closing + filled.opening === 0) return;
    this.#withdrawLegs(before, projection.left);
    const order: OrderOptions = {
      quantity: filled.closing + filled.opening,
      ...(wish.sl === undefined ? {} : { stopLoss: wish.sl }),
      ...(wish.tp === undefined ? {} : { takeProfit: wish.tp }),
    };
    const outcome = wish.direction > 0 ? expert.buy(order) : expert.sell(order);
    if (!outcome.accepted) throw new Error(`${outcome.code}: ${outcome.reason}`);
    this.#sent.set(outcome.order.clientOrderId, { wish, row: this.#row });
  }

  /** What backtesting.py will find on the next bar, where it prices and sizes the order. */
  #projection(): Projection {
    const { options, book } = this.#parts;
    const next = Math.min(this.#row + 1, this.#lastRow);
    const price = options.tradeOnClose ? this.#at("close", next - 1) : this.#at("open", next);
    return new Projection(book, options, { price, mark: this.#at("close", next) });
  }

  /** A stop belongs to one trade there: what an order is going to close loses its stop, or that part of it. */
  #withdrawLegs(before: ReadonlyMap<Lot, number>, after: ReadonlyMap<Lot, number>): void {
    const { expert } = this.#parts;
    for (const [lot, size] of before) {
      const left = after.get(lot) ?? 0;
      if (left === size) continue;
      for (const leg of expert.orders.filter(({ parentId }) => parentId === lot.orderId)) {
        if (left === 0) expert.cancel(leg.clientOrderId);
        else expert.amend(leg.clientOrderId, { quantity: Math.abs(left) });
      }
    }
  }

  #filled(order: Order, fill: Fill): void {
    const { options, book, fills } = this.#parts;
    const row = this.#rows.get(fill.time);
    if (row === undefined) throw new Error(`a fill at ${new Date(fill.time).toISOString()}, where no bar is`);
    const sent = this.#sent.get(order.clientOrderId);
    fills.push({ fill, row, sentRow: sent?.row });
    const { price, quantity } = fill;
    const direction = fill.side === "buy" ? 1 : -1;
    const lot = book.lots.find(({ orderId }) => orderId === order.parentId);
    if (lot !== undefined) return book.close(lot, quantity, { price, bar: row });
    const closesOther = !options.hedging || (fill.positionSide === "long") !== direction > 0;
    const left = closesOther ? book.closeOldest(-direction, quantity, { price, bar: row }) : quantity;
    if (left === 0) return;
    const { sl: stopLoss, tp: takeProfit } = sent?.wish ?? {};
    const { clientOrderId: orderId, tag } = order;
    book.open({ orderId, size: direction * left, entryBar: row, stopLoss, takeProfit, tag }, price);
  }

  /**
   * With finalize_trades backtesting.py walks the last bar a second time and closes what is left at its first price. Our
   * engine leaves it open and says so; the test closes it for the comparison.
   */
  #finalize(): void {
    const { options, book, equity } = this.#parts;
    if (!options.finalizeTrades || this.#isWoundUp) return;
    const last = this.#lastRow;
    const projection = this.#projection();
    projection.closeAll();
    const bar = options.tradeOnClose ? last - 1 : last;
    const price = options.tradeOnClose ? this.#at("close", bar) : this.#at("open", bar);
    for (const lot of book.lots.slice()) book.close(lot, Math.abs(lot.size), { price, bar });
    const wish = this.#atEnd;
    const opening = wish === undefined ? 0 : (projection.fill(wish.direction, wish.size ?? FULL)?.opening ?? 0);
    if (wish !== undefined && opening > 0) {
      const size = wish.direction * opening;
      const lot = book.open({ orderId: "", size, entryBar: bar, stopLoss: wish.sl, takeProfit: wish.tp, tag: undefined }, price);
      this.#stopAtEnd(lot);
    }
    equity[last] = book.equityAt(this.#at("close", last));
  }

  /** The last bar may hit the stop or the target of a trade that its second walk has opened. */
  #stopAtEnd(lot: Lot): void {
    const { bars, book } = this.#parts;
    const bar = this.#lastRow;
    const [open, high, low] = [bars.open[bar], bars.high[bar], bars.low[bar]] as [number, number, number];
    const isLong = lot.size > 0;
    const { stopLoss, takeProfit } = lot;
    const exit =
      stopLoss !== undefined && (isLong ? low <= stopLoss : high >= stopLoss)
        ? (isLong ? Math.min : Math.max)(open, stopLoss)
        : takeProfit !== undefined && (isLong ? high >= takeProfit : low <= takeProfit)
          ? (isLong ? Math.max : Math.min)(open, takeProfit)
          : undefined;
    if (exit !== undefined) book.close(lot, Math.abs(lot.size), { price: exit, bar });
  }
}
