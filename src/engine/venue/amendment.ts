import { wait, type Scheduler } from "../../base/scheduler.ts";
import type { ExchangeReport, OrderAmendment } from "../exchange.ts";
import type { Gateway, Outcome } from "../gateway.ts";
import { referenceOf, type TrackedOrder } from "./tracked-order.ts";
import type { Tracker } from "./tracker.ts";

interface AmendmentParts {
  readonly gateway: Gateway;
  readonly scheduler: Scheduler;
  readonly tracker: Tracker;
  readonly report: (report: ExchangeReport) => void;
  readonly signal: AbortSignal;
  /** The exchange does not know the order any more. */
  readonly onGone: (order: TrackedOrder) => void;
}

/** Takes in the answer to a change; when there was none, the order is looked at once no copy of the request can arrive any more. */
export async function settleAmendment(
  parts: AmendmentParts,
  { order, amendment, outcome }: { readonly order: TrackedOrder; readonly amendment: OrderAmendment; readonly outcome: Outcome },
): Promise<void> {
  const { gateway, scheduler, tracker, signal } = parts;
  switch (outcome.kind) {
    case "acknowledged":
      tracker.endChange(order, amendment, scheduler.now());
      if (outcome.order !== undefined) tracker.applyOrder(outcome.order);
      return;
    case "rejected":
      refuse(parts, order, outcome.reason);
      if (outcome.rejectClass === "gone") parts.onGone(order);
      return;
    case "unknown":
      break;
  }
  await wait(scheduler, gateway.arrival.boundMs, signal);
  while (!signal.aborted && !order.isDone) {
    const lookup = await gateway.findOrder(referenceOf(order)).catch(() => undefined);
    if (lookup?.kind === "found") {
      const { price, quantity, triggerPrice } = lookup.order;
      const state = { price, quantity, triggerPrice };
      const isThere = Object.entries(amendment).every(
        ([name, value]) => value === undefined || state[name as keyof typeof state] === value,
      );
      if (isThere) tracker.endChange(order, amendment, scheduler.now());
      else refuse(parts, order, `${outcome.reason}; the order has not changed`);
      return tracker.applyOrder(lookup.order);
    }
    await wait(scheduler, 2_000, signal);
  }
}

function refuse({ scheduler, report, tracker }: AmendmentParts, order: TrackedOrder, reason: string): void {
  report({ kind: "requestRejected", clientOrderId: order.request.clientOrderId, reason, time: scheduler.now() });
  tracker.endChange(order, undefined, scheduler.now());
}
