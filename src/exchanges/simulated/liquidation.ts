import type { Instrument } from "../../domain/instrument.ts";
import type { PositionBook } from "../../engine/portfolio/position-book.ts";
import type { SymbolBook } from "./symbol-book.ts";

const DEFAULT_MAINTENANCE_RATE = 0.004;

/** The money and the positions that carry each other. */
export interface MarginAccount {
  /** Wallet balance of the settle asset. */
  readonly wallet: number;
  readonly books: readonly PositionBook[];
  /** Number of positions that are not flat. */
  readonly openCount: number;
}

/** Margin settings symbol by symbol. */
export interface MarginTerms {
  leverageOf(symbol: string): number;
  isIsolated(symbol: string): boolean;
}

export interface LiquidationOptions {
  readonly account: MarginAccount;
  readonly leverage: number;
  /** Isolated: each position stands on its own margin. Cross: the whole account carries all of them. */
  readonly isIsolated: boolean;
  /** Where symbols differ, in place of the two above. */
  readonly terms?: MarginTerms;
}

/**
 * When the money behind a futures position no longer covers its maintenance margin. With cross margin that is the account's
 * equity and everybody's maintenance margin, the other symbols counted at their last prices.
 */
export class Liquidation {
  readonly #account: MarginAccount;
  readonly #leverage: number;
  readonly #isIsolated: boolean;
  readonly #terms: MarginTerms | undefined;

  constructor({ account, leverage, isIsolated, terms }: LiquidationOptions) {
    this.#terms = terms;
    this.#account = account;
    this.#leverage = leverage;
    this.#isIsolated = isIsolated;
  }

  /** Sets the prices of a symbol beyond which something is liquidated. Every row counts while several positions carry one risk. */
  watch(book: SymbolBook): void {
    const { liquidation, positions } = book;
    liquidation.up = Infinity;
    liquidation.down = -Infinity;
    for (const position of positions) {
      if (position.quantitySteps === 0 || position.math.isSpot) continue;
      if (!this.#isIsolated && this.#account.openCount > 1) {
        liquidation.up = -Infinity;
        return;
      }
      if (position.quantitySteps > 0) {
        if (this.#excess(position, 0) < 0) liquidation.down = Math.max(liquidation.down, this.#solve(position, book.price, 0));
      } else liquidation.up = Math.min(liquidation.up, this.#solve(position, book.price, book.price * 1e3));
    }
  }

  /** Whether a position is to be liquidated at a price of its symbol. */
  isDue(position: PositionBook, price: number): boolean {
    return position.quantitySteps !== 0 && !position.math.isSpot && this.#excess(position, price) < 0;
  }

  /** The price between here and the target at which a position is liquidated first, if there is one. */
  levelOnTheWay(book: SymbolBook, target: number, up: boolean): number | undefined {
    let first: number | undefined;
    for (const position of book.positions) {
      if (!this.isDue(position, target)) continue;
      const level = onTheWay(position.math.price.round(this.#solve(position, book.price, target), up ? "ceil" : "floor"), target, up);
      if (first === undefined || (up ? level < first : level > first)) first = level;
    }
    return first;
  }

  /** Money above the maintenance margin if the symbol's price were this. */
  #excess(position: PositionBook, price: number): number {
    const { math } = position;
    if (this.#isAlone(position)) return this.#marginOf(position) + position.worthAt(price) - maintenanceOf(position, price);
    let excess = this.#account.wallet;
    for (const other of this.#account.books) {
      if (other.quantitySteps === 0) continue;
      if (this.#terms !== undefined && this.#isAlone(other)) {
        excess -= this.#marginOf(other);
        continue;
      }
      const at = other.math === math ? price : other.price;
      excess += other.worthAt(at) - maintenanceOf(other, at);
    }
    return excess;
  }

  /** Whether a position stands on its own margin. */
  #isAlone(position: PositionBook): boolean {
    return this.#terms === undefined ? this.#isIsolated : this.#terms.isIsolated(position.symbol);
  }

  #marginOf(position: PositionBook): number {
    const leverage = this.#terms === undefined ? this.#leverage : this.#terms.leverageOf(position.symbol);
    return position.math.notional(position.entryPrice, position.quantity) / leverage;
  }

  /** The price where the excess crosses zero, by bisection; the side on which it is below. */
  #solve(position: PositionBook, from: number, target: number): number {
    let safe = from;
    let broken = target;
    for (let step = 0; step < 60 && Math.abs(safe - broken) > 1e-12 * Math.abs(safe); step += 1) {
      const middle = (safe + broken) / 2;
      if (this.#excess(position, middle) < 0) broken = middle;
      else safe = middle;
    }
    return broken;
  }
}

function onTheWay(level: number, target: number, up: boolean): number {
  return up ? Math.min(level, target) : Math.max(level, target);
}

function maintenanceOf(position: PositionBook, price: number): number {
  return position.math.notional(price, position.quantity) * rateOf(position.math.instrument);
}

function rateOf(instrument: Instrument): number {
  if (instrument.kind !== "perpetual" && instrument.kind !== "future") return 0;
  return instrument.maintenanceMarginRate ?? DEFAULT_MAINTENANCE_RATE;
}
