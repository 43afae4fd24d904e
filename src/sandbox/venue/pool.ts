import type { InstrumentMath } from "../../engine/portfolio/instrument-math.ts";
import type { PositionBook } from "../../engine/portfolio/position-book.ts";
import type { PositionSide } from "../../domain/order.ts";
import type { PartMatchingAccount } from "../../exchanges/simulated/part-matching.ts";
import type { VenueAccount } from "./account.ts";

/** Positions that stand on the money of one asset. */
export class Pool implements PartMatchingAccount {
  readonly asset: string;
  readonly maths: readonly InstrumentMath[];
  readonly books: readonly PositionBook[];
  readonly #account: VenueAccount;

  constructor(account: VenueAccount, asset: string) {
    this.asset = asset;
    this.#account = account;
    this.maths = account.maths.filter((math) => poolAssetOf(math) === asset);
    this.books = account.books.filter((book) => poolAssetOf(book.math) === asset);
  }

  get wallet(): number {
    return this.#account.total(this.asset);
  }

  get openCount(): number {
    let count = 0;
    for (const book of this.books) if (book.quantitySteps !== 0) count += 1;
    return count;
  }

  /** Wallet and what positions are worth at their last prices, less the margin that they bind. */
  get freeMargin(): number {
    let free = this.wallet;
    for (const book of this.books) {
      if (book.quantitySteps === 0) continue;
      const profit = book.worthAt(book.price);
      // Isolated profit stays with its position; isolated loss is carried by its margin.
      if (this.#account.marginModeOf(book.symbol) === "cross") free += profit;
      free -= this.marginOf(book);
    }
    return free;
  }

  /** Margin that a position binds. */
  marginOf(book: PositionBook): number {
    if (book.quantitySteps === 0) return 0;
    return book.math.notional(book.entryPrice, book.quantity) / this.#account.leverageOf(book.symbol);
  }

  booksOf(symbol: string): readonly PositionBook[] {
    return this.#account.booksOf(symbol);
  }

  book(symbol: string, side: PositionSide): PositionBook {
    return this.#account.book(symbol, side);
  }
}

/** The asset whose money carries a symbol; spot needs none, its symbols share one pool. */
export function poolAssetOf(math: InstrumentMath): string {
  return math.isSpot ? "" : math.instrument.settleAsset;
}
