import { fromMinor } from "./portfolio/ledger.ts";
import type { PositionBook } from "./portfolio/position-book.ts";
import type { PositionView } from "../expert/expert.ts";
import type { PositionSide } from "../domain/order.ts";
import type { Position } from "../domain/position.ts";

/** A window onto a position's books, always showing the present. */
export class LivePositionView implements PositionView {
  readonly #book: PositionBook;

  constructor(book: PositionBook) {
    this.#book = book;
  }

  get symbol(): string {
    return this.#book.symbol;
  }

  get side(): PositionSide {
    return this.#book.side;
  }

  get quantity(): number {
    return this.#book.quantity;
  }

  get entryPrice(): number {
    return this.#book.entryPrice;
  }

  get unrealizedPnl(): number {
    return this.#book.profitAt(this.#book.price);
  }

  get realizedPnl(): number {
    return fromMinor(this.#book.realized);
  }

  get openedAt(): number {
    return this.isFlat ? NaN : this.#book.openedAt;
  }

  get isFlat(): boolean {
    return this.#book.quantitySteps === 0;
  }

  get isLong(): boolean {
    return this.#book.quantitySteps > 0;
  }

  get isShort(): boolean {
    return this.#book.quantitySteps < 0;
  }

  /** The position as plain data. */
  snapshot(): Position {
    const { symbol, side, quantity, entryPrice, unrealizedPnl, realizedPnl, openedAt } = this;
    return { symbol, side, quantity, entryPrice, unrealizedPnl, realizedPnl, openedAt };
  }
}
