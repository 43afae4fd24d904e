import type { OrderRules } from "../portfolio/order-rules.ts";
import type { InstrumentMath } from "../portfolio/instrument-math.ts";
import type { RejectClass } from "../venue-facts.ts";
import type { LiveOrder } from "./live-order.ts";

/** Orders that an exchange has refused because its rules have changed are made once more by the new ones; never a third time. */
export class SecondTries {
  readonly #nextId: () => string;
  readonly #tried = new Set<string>();

  constructor(nextId: () => string) {
    this.#nextId = nextId;
  }

  /** The order in a refused one's place, under another id; undefined where the rules that are known now would make the same, or none. */
  of(order: LiveOrder, rejectClass: RejectClass | undefined, math: InstrumentMath, now: number): LiveOrder | undefined {
    // What protects is placed anew by those who watch over the position.
    if (rejectClass !== "grid" || order.parentId !== undefined || this.#tried.delete(order.clientOrderId)) return undefined;
    const changes = fitted(order, math.rules);
    const isSame = Object.entries(changes).every(([name, value]) => order[name as keyof LiveOrder] === value);
    if (isSame || changes.quantity < math.rules.quantityMin || isTooSmall(order, changes, math)) return undefined;
    const next = order.replacement(this.#nextId(), changes, now);
    next.replaces = undefined;
    this.#tried.add(next.clientOrderId);
    return next;
  }
}

type Fitted = Pick<LiveOrder, "quantity" | "price" | "triggerPrice" | "activationPrice">;

function fitted({ quantity, price, triggerPrice, activationPrice }: LiveOrder, rules: OrderRules): Fitted {
  const onGrid = (value: number | undefined): number | undefined => (value === undefined ? undefined : rules.price.round(value));
  return {
    quantity: rules.fit(quantity),
    price: onGrid(price),
    triggerPrice: onGrid(triggerPrice),
    activationPrice: onGrid(activationPrice),
  };
}

function isTooSmall({ reduceOnly, averagePrice }: LiveOrder, { quantity, price, triggerPrice }: Fitted, math: InstrumentMath): boolean {
  const at = price ?? triggerPrice ?? averagePrice;
  if (reduceOnly || Number.isNaN(at)) return false;
  return (math.isInverse ? quantity * math.multiplier : math.notional(at, quantity)) < math.rules.notionalMin;
}
