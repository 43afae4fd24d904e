import { assert } from "../../src/base/assert.ts";
import type { ReferenceOptions } from "./reference-runs-files.ts";

/** A trade of backtesting.py in rows of bars; a closed one has an exit. */
export interface LotTrade {
  readonly size: number;
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly stopLoss: number | undefined;
  readonly takeProfit: number | undefined;
  readonly pnl: number;
  readonly commission: number;
  readonly returnRatio: number;
  readonly tag: string | undefined;
}

/** What one entry has opened and is still held; `size` is below zero for a short one. */
export interface Lot {
  readonly orderId: string;
  size: number;
  readonly entryBar: number;
  /** With the spread that backtesting.py puts on entries. */
  readonly entryPrice: number;
  readonly stopLoss: number | undefined;
  readonly takeProfit: number | undefined;
  readonly tag: string | undefined;
}

/**
 * Our engine's fills as backtesting.py's trades. It keeps every entry as a trade of its own and lets an opposite order close
 * the oldest first, where our engine has one position at its average price: the same money, split in another way.
 */
export class LotBook {
  readonly #options: ReferenceOptions;
  readonly lots: Lot[] = [];
  readonly closed: LotTrade[] = [];
  /** What backtesting.py has charged and our venue has not: fixed commissions, and the spread of entries. */
  extra = 0;
  /** Money added up in doubles as backtesting.py does it: whether equity is back at its high is a matter of the last bit. */
  cash: number;
  /** Whether two lots were ever open beside each other. */
  hasStacked = false;

  constructor(options: ReferenceOptions) {
    this.#options = options;
    this.cash = options.cash;
  }

  /** Cash and the profit of what is open at a price. */
  equityAt(price: number): number {
    const held = this.lots.reduce((sum, { size }) => sum + size, 0);
    return this.cash + (price * held - this.lots.reduce((sum, { size, entryPrice }) => sum + size * entryPrice, 0));
  }

  /** An entry's price with the spread; commissions are a share of that price. */
  entryPriceOf(direction: number, price: number): number {
    return price * (1 + direction * this.#options.spread);
  }

  commissionOf(size: number, price: number): number {
    return this.#options.commissionFixed + Math.abs(size) * price * this.#options.commissionRate;
  }

  open(lot: Omit<Lot, "entryPrice">, price: number): Lot {
    const { size } = lot;
    const entryPrice = this.entryPriceOf(Math.sign(size), price);
    this.extra += size * (entryPrice - price) + this.commissionOf(size, entryPrice) - Math.abs(size) * price * this.#options.commissionRate;
    const opened = { ...lot, entryPrice };
    this.cash -= this.commissionOf(size, entryPrice);
    this.hasStacked ||= this.lots.length > 0;
    this.lots.push(opened);
    return opened;
  }

  /** Closes `size` units of lots of one direction, the oldest first; returns what is left of it when they are used up. */
  closeOldest(direction: number, size: number, exit: { readonly price: number; readonly bar: number }): number {
    let left = size;
    for (const lot of this.lots.filter((candidate) => Math.sign(candidate.size) === direction)) {
      if (left === 0) break;
      const part = Math.min(left, Math.abs(lot.size));
      this.close(lot, part, exit);
      left -= part;
    }
    return left;
  }

  close(lot: Lot, part: number, { price, bar }: { readonly price: number; readonly bar: number }): void {
    const direction = Math.sign(lot.size);
    const isWhole = part === Math.abs(lot.size);
    assert(part > 0 && part <= Math.abs(lot.size), `${part} of a lot of ${lot.size} is closed`);
    const size = direction * part;
    const exitCommission = this.commissionOf(part, price);
    const commission = exitCommission + this.commissionOf(part, lot.entryPrice);
    this.cash += size * (price - lot.entryPrice) - exitCommission;
    this.extra += this.#options.commissionFixed;
    this.closed.push({
      size,
      entryBar: lot.entryBar,
      exitBar: bar,
      entryPrice: lot.entryPrice,
      exitPrice: price,
      // The part that a reducing order closes carries no stop and no target.
      stopLoss: isWhole ? lot.stopLoss : undefined,
      takeProfit: isWhole ? lot.takeProfit : undefined,
      pnl: size * (price - lot.entryPrice) - commission,
      commission,
      returnRatio: direction * (price / lot.entryPrice - 1) - commission / (part * lot.entryPrice),
      tag: lot.tag,
    });
    lot.size -= size;
    if (isWhole) this.lots.splice(this.lots.indexOf(lot), 1);
  }
}

/**
 * The state that backtesting.py's broker will have when it comes to an order on the next bar. It gives an order its size
 * there: from the cash after everything before it in the queue, with open trades valued at that bar's close.
 */
export class Projection {
  readonly #options: ReferenceOptions;
  readonly #book: LotBook;
  readonly #price: number;
  readonly #mark: number;
  /** The lots that will be left, with their sizes. */
  readonly left: Map<Lot, number>;
  #cash: number;

  /** `price` is what market orders fill at, `mark` the close of the bar they fill in. */
  constructor(book: LotBook, options: ReferenceOptions, { price, mark }: { readonly price: number; readonly mark: number }) {
    this.#book = book;
    this.#options = options;
    this.#cash = book.cash;
    this.#price = price;
    this.#mark = mark;
    this.left = new Map(book.lots.map((lot) => [lot, lot.size]));
  }

  close(lot: Lot, part: number): void {
    const size = this.left.get(lot) ?? 0;
    const direction = Math.sign(size);
    this.#cash += direction * part * (this.#price - lot.entryPrice) - this.#book.commissionOf(part, this.#price);
    if (part === Math.abs(size)) this.left.delete(lot);
    else this.left.set(lot, size - direction * part);
  }

  closeAll(): void {
    for (const [lot, size] of this.left) this.close(lot, Math.abs(size));
  }

  get #marginAvailable(): number {
    let equity = this.#cash;
    let used = 0;
    for (const [lot, size] of this.left) {
      equity += size * (this.#mark - lot.entryPrice);
      used += Math.abs(size) * this.#mark * this.#options.margin;
    }
    return Math.max(0, equity - used);
  }

  /**
   * What a market order of a size (units, or a share of what is available below 1) will close and open; undefined when
   * backtesting.py cancels it for want of margin.
   */
  fill(direction: number, size: number): { readonly closing: number; readonly opening: number } | undefined {
    const { hedging, margin } = this.#options;
    // The fixed part is divided by the size as it was given, a share as well.
    const cost = this.#book.entryPriceOf(direction, this.#price) + this.#book.commissionOf(size, this.#price) / size;
    const units = size < 1 ? floorDivide(this.#marginAvailable * (1 / margin) * size, cost) : size;
    let need = units;
    if (need === 0) return undefined;
    if (!hedging) {
      for (const [lot, held] of this.left) {
        if (Math.sign(held) === direction || need === 0) continue;
        const part = Math.min(need, Math.abs(held));
        this.close(lot, part);
        need -= part;
      }
    }
    const closing = units - need;
    return need * cost > this.#marginAvailable * (1 / margin) ? { closing, opening: 0 } : { closing, opening: need };
  }
}

/** Python's `//` of two doubles above zero: exact where the quotient is near a whole number. */
function floorDivide(dividend: number, divisor: number): number {
  return Math.round((dividend - (dividend % divisor)) / divisor);
}
