import { isTerminal } from "../../domain/order.ts";
import type { LiveOrder } from "./live-order.ts";
import { isDoubted } from "./shield.ts";

interface Waiting {
  readonly order: LiveOrder;
  /** What has to be gone before it can leave. */
  readonly blockers: readonly LiveOrder[];
  /** What the blockers had filled when it was made. */
  readonly filledBefore: number;
}

/** Orders that are written down and leave when others have gone: what binds the same balance, or what they take the place of. */
export class WaitingOrders {
  #waiting: Waiting[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  add(order: LiveOrder, blockers: readonly LiveOrder[]): void {
    this.#waiting.push({ order, blockers, filledBefore: filledOf(blockers) });
  }

  /** Takes an order out that shall not leave any more; false when it was not waiting. */
  remove(order: LiveOrder): boolean {
    const left = this.#waiting.filter((waiting) => waiting.order !== order);
    const isFound = left.length < this.#waiting.length;
    this.#waiting = left;
    return isFound;
  }

  /**
   * Takes out the orders whose way is free, with what the others have filled meanwhile. What takes another's place waits until that is
   * gone for sure; an exit does not wait for what nobody has heard of for long.
   */
  takeReady(now: number): { readonly order: LiveOrder; readonly filledMeanwhile: number }[] {
    const isReady = ({ order, blockers }: Waiting): boolean =>
      blockers.every((blocker) => isTerminal(blocker.status) || (order.replaces === undefined && isDoubted(blocker, now)));
    const ready = this.#waiting.filter(isReady);
    this.#waiting = this.#waiting.filter((waiting) => !isReady(waiting));
    return ready.map(({ order, blockers, filledBefore }) => ({ order, filledMeanwhile: filledOf(blockers) - filledBefore }));
  }
}

function filledOf(orders: readonly LiveOrder[]): number {
  return orders.reduce((sum, { filledQuantity }) => sum + filledQuantity, 0);
}
