import type { Portfolio } from "../../engine/portfolio/portfolio.ts";
import type { PositionBook } from "../../engine/portfolio/position-book.ts";
import type { SymbolBook } from "./symbol-book.ts";

const DEFAULT_MAINTENANCE_RATE = 0.004;

/**
 * When an account's equity no longer covers the maintenance margin of its futures. Cross margin: the whole account carries
 * every position, the other symbols counted at their last prices.
 */
export class Liquidation {
  readonly #account: Portfolio;

  constructor(account: Portfolio) {
    this.#account = account;
  }

  /** Sets the prices of a symbol beyond which the account is liquidated. Every row counts while several symbols carry risk. */
  watch(book: SymbolBook): void {
    const { liquidation } = book;
    liquidation.up = Infinity;
    liquidation.down = -Infinity;
    const open = book.positions.filter((position) => position.quantitySteps !== 0 && !position.math.isSpot);
    if (open.length === 0) return;
    if (this.#account.openCount > 1) {
      liquidation.up = -Infinity;
      return;
    }
    const position = open[0] as PositionBook;
    if (position.quantitySteps > 0)
      liquidation.down = this.#excess(position, 0) >= 0 ? -Infinity : this.#solve(position, position.price, 0);
    else liquidation.up = this.#solve(position, position.price, position.price * 1e3);
  }

  /** Whether the worse end of a range takes the account below its maintenance margin. On the hot path. */
  isReached(book: SymbolBook, high: number, low: number): boolean {
    const { positions } = book;
    for (let index = 0; index < positions.length; index += 1) {
      const position = positions[index] as PositionBook;
      if (position.quantitySteps === 0 || position.math.isSpot) continue;
      const worst = position.quantitySteps > 0 ? low : high;
      if (this.#excess(position, worst) < 0) return true;
    }
    return false;
  }

  /** The price between here and the target at which the account is liquidated, if there is one. */
  levelOnTheWay(book: SymbolBook, target: number, up: boolean): number | undefined {
    for (const position of book.positions) {
      if (position.quantitySteps === 0 || position.math.isSpot) continue;
      if (position.quantitySteps > 0 === up) continue;
      if (this.#excess(position, target) >= 0) continue;
      return this.#solve(position, book.price, target);
    }
    return undefined;
  }

  /** Equity above the maintenance margin if the position's price were this. */
  #excess(position: PositionBook, price: number): number {
    const { instrument } = position.math;
    const rate =
      instrument.kind === "perpetual" || instrument.kind === "future" ? (instrument.maintenanceMarginRate ?? DEFAULT_MAINTENANCE_RATE) : 0;
    const others = this.#account.equity - position.worthAt(position.price);
    return others + position.worthAt(price) - position.math.notional(price, position.quantity) * rate;
  }

  /** The price where the excess crosses zero, by bisection down to a price step. */
  #solve(position: PositionBook, from: number, target: number): number {
    let safe = from;
    let broken = target;
    for (let step = 0; step < 60 && Math.abs(safe - broken) > 1e-12 * Math.abs(safe); step += 1) {
      const middle = (safe + broken) / 2;
      if (this.#excess(position, middle) < 0) broken = middle;
      else safe = middle;
    }
    return position.math.price.round(broken);
  }
}
