import type { StopReason } from "../expert/expert.ts";
import type { ExitPolicy } from "../expert/options.ts";
import type { OrderManager } from "./orders/order-manager.ts";
import type { Portfolio } from "./portfolio/portfolio.ts";
import type { PositionBook } from "./portfolio/position-book.ts";

/** How long a run that shall end waits for the exchange, milliseconds. */
const PATIENCE_MS = 15_000;

export interface WindDownOptions {
  readonly policy: ExitPolicy;
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
    const policy = reason === "drawdownLimit" ? "close" : this.#options.policy;
    if (!this.#hasActed) {
      this.#hasActed = true;
      this.#deadline = now + PATIENCE_MS;
      this.#act(policy, reason);
    }
    if (now >= this.#deadline) return true;
    const isWaiting = orders.open().some((order) => order.status === "pending" || order.status === "unknown" || order.cancelRequested);
    if (isWaiting) return false;
    return policy !== "close" || portfolio.openCount === 0;
  }

  #act(policy: ExitPolicy, reason: StopReason): void {
    if (policy === "leave") return;
    const { orders, portfolio, close } = this.#options;
    for (const order of orders.open()) if (order.purpose === "entry") orders.cancel(order);
    if (policy === "close") for (const book of portfolio.books) if (book.quantitySteps !== 0) close(book, reason);
  }
}
