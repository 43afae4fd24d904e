import type { StopReason } from "../expert/expert.ts";
import type { ExitPolicy } from "../expert/options.ts";
import type { LiveOrder } from "./orders/live-order.ts";
import type { OrderManager } from "./orders/order-manager.ts";
import type { Portfolio } from "./portfolio/portfolio.ts";
import type { PositionBook } from "./portfolio/position-book.ts";

/** How long a run that shall end waits for the exchange, milliseconds. */
const PATIENCE_MS = 15_000;

export interface WindDownOptions {
  readonly policy: ExitPolicy;
  /** The policy when the expert has failed. */
  readonly policyOnError: ExitPolicy;
  readonly orders: OrderManager;
  readonly portfolio: Portfolio;
  readonly close: (book: PositionBook, tag: string) => void;
}

/**
 * The end of a run that trades: no entries any more, what the policy asks for is done once, and the run is over when nothing is on its
 * way any more, or after a while without an answer. What is left then is kept by the journal and taken up by the next start.
 */
export class WindDown {
  readonly #options: WindDownOptions;
  #deadline = Infinity;
  #hasActed = false;

  constructor(options: WindDownOptions) {
    this.#options = options;
  }

  /** Begins it, or looks how far it is; true when the run may end. */
  advance(now: number, reason: StopReason): boolean {
    const { orders, portfolio } = this.#options;
    const policy = this.#policyFor(reason);
    if (!this.#hasActed) {
      this.#hasActed = true;
      this.#deadline = now + PATIENCE_MS;
      this.#takeBack(policy);
    }
    // An entry may have filled since, or a close may have been refused.
    if (policy === "close") this.#closeAll(reason);
    if (now >= this.#deadline) return true;
    // What fills at once is waited for as well: what it brings along has to be placed, and what it ends taken away.
    const isOnItsWay = ({ status, type, cancelRequested }: LiveOrder): boolean =>
      status === "pending" || status === "unknown" || type === "market" || cancelRequested;
    if (orders.open().some(isOnItsWay)) return false;
    return policy !== "close" || portfolio.openCount === 0;
  }

  #policyFor(reason: StopReason): ExitPolicy {
    if (reason === "drawdownLimit") return "close";
    return reason === "error" ? this.#options.policyOnError : this.#options.policy;
  }

  /** Entries, and with the positions whatever rests to reduce them; what protects a position stays until that is closed. */
  #takeBack(policy: ExitPolicy): void {
    if (policy === "leave") return;
    const { orders } = this.#options;
    for (const order of orders.open()) {
      const isRestingExit = order.parentId === undefined && order.type !== "market";
      if (order.purpose === "entry" || (policy === "close" && isRestingExit)) orders.cancel(order);
    }
  }

  #closeAll(reason: StopReason): void {
    const { portfolio, close } = this.#options;
    for (const book of portfolio.books) if (book.quantitySteps !== 0) close(book, reason);
  }
}
