import { fail } from "../../base/assert.ts";
import type { Side } from "../../domain/trade.ts";
import type { PositionBook } from "../portfolio/position-book.ts";
import type { LiveOrder } from "./live-order.ts";

/** How many finished orders are remembered for what the exchange may still tell of them. */
const FINISHED_MAX = 2_000;

/** Orders by our id: those that can still fill, and for a while those that are taken for finished. */
export class OrderTable {
  readonly #open = new Map<string, LiveOrder>();
  readonly #finished = new Map<string, LiveOrder>();
  readonly #remembers: boolean;

  /** `remembers`: whether anything may still come about a finished order; from a simulated exchange nothing does. */
  constructor(remembers: boolean) {
    this.#remembers = remembers;
  }

  get size(): number {
    return this.#open.size;
  }

  add(order: LiveOrder): void {
    this.#open.set(order.clientOrderId, order);
  }

  /** Nothing more can happen to the order, as far as is known. */
  finish(order: LiveOrder): void {
    this.#open.delete(order.clientOrderId);
    if (!this.#remembers) return;
    this.#finished.set(order.clientOrderId, order);
    if (this.#finished.size <= FINISHED_MAX) return;
    for (const oldest of this.#finished.keys()) {
      this.#finished.delete(oldest);
      return;
    }
  }

  /** An order that can still fill. */
  get(clientOrderId: string): LiveOrder | undefined {
    return this.#open.get(clientOrderId);
  }

  /** An order that can still fill, or one that is remembered. */
  find(clientOrderId: string): LiveOrder | undefined {
    return this.#open.get(clientOrderId) ?? this.#finished.get(clientOrderId);
  }

  /** An order that the exchange reports on. */
  known(clientOrderId: string): LiveOrder {
    return this.find(clientOrderId) ?? fail(`the exchange reports on order ${clientOrderId}, which is not open`);
  }

  /** Oldest first. */
  open(): LiveOrder[] {
    return [...this.#open.values()];
  }

  /** Those that are remembered, oldest first. */
  finished(): LiveOrder[] {
    return [...this.#finished.values()];
  }

  /** What will be held once the market orders on their way have filled, in steps; stops and limits may never fill and do not count. */
  expectedSteps(book: PositionBook): number {
    let steps = book.quantitySteps;
    if (this.#open.size === 0) return steps;
    for (const order of this.#open.values()) {
      if (order.type !== "market" || order.symbol !== book.symbol || order.positionSide !== book.side) continue;
      const sign = order.side === "buy" ? 1 : -1;
      const size = book.math.quantity.toSteps(order.quantity - order.filledQuantity);
      if (order.reduceOnly) steps += sign * Math.min(size, Math.max(0, -sign * steps));
      else steps += sign * size;
    }
    return steps;
  }

  /** Entries into a position of that side of the market that have not filled. */
  pendingEntries(book: PositionBook, side: Side): number {
    let count = 0;
    for (const order of this.#open.values()) {
      if (order.purpose === "entry" && order.side === side && order.symbol === book.symbol && order.positionSide === book.side) count += 1;
    }
    return count;
  }

  /** Steps by which entries that can still fill may enlarge a position of that side, at worst: those of unknown outcome count in full. */
  worstSteps(book: PositionBook, side: Side): number {
    let steps = 0;
    for (const order of this.#open.values()) {
      if (order.side !== side || order.reduceOnly || order.symbol !== book.symbol || order.positionSide !== book.side) continue;
      steps += book.math.quantity.toSteps(order.quantity - order.filledQuantity);
    }
    return steps;
  }
}
