import { isTerminal } from "../../../src/domain/order.ts";
import { strategyMark } from "../../../src/run/order-ids.ts";
import type { VenueOrderRecord } from "../../../src/sandbox/venue.ts";
import type { InvariantMaker } from "../invariant.ts";
import { isFinished } from "../journal-watch.ts";
import { ordersIn } from "../sent-order.ts";

/** One intent makes at most one order, of at most the intended size. */
export const oneOrderPerIntent: InvariantMaker = (view, fail) => {
  const byClientId = new Map<string, string>();
  /** Largest quantity that was ever asked for. */
  const asked = new Map<string, number>();
  const note = (id: string, quantity: number): void => void asked.set(id, Math.max(quantity, asked.get(id) ?? 0));
  return {
    onSend({ method, url }) {
      for (const { clientOrderId, quantity } of ordersIn(method, url, view)) note(clientOrderId, Number(quantity));
    },
    onVenue(event) {
      if (event.kind !== "order" || event.order.origin !== "api") return;
      const { clientOrderId, orderId, quantity, filledQuantity } = event.order;
      const known = byClientId.get(clientOrderId);
      byClientId.set(clientOrderId, orderId);
      if (known !== undefined && known !== orderId) fail(`two orders at the venue, ${known} and ${orderId}, are named ${clientOrderId}`);
      const intent = view.journal.orders.get(clientOrderId)?.intent;
      if (intent === undefined && view.powerCuts === 0) return fail(`order ${clientOrderId} at the venue has no intent in the journal`);
      const most = Math.max(intent?.quantity ?? 0, asked.get(clientOrderId) ?? 0);
      if (quantity > most || filledQuantity > most)
        fail(`order ${clientOrderId} has executed ${filledQuantity} of ${quantity} at the venue; only ${most} were intended`);
    },
  };
};

/** An intent is on the disk before the first byte of its request leaves. */
export const intentBeforeSend: InvariantMaker = (view, fail) => {
  const changes = new Map<string, number>();
  return {
    onSend({ method, url }) {
      for (const { clientOrderId, isChange } of ordersIn(method, url, view)) {
        const written = view.journal.orders.get(clientOrderId);
        if (written === undefined) fail(`a request for ${clientOrderId} leaves and the journal holds no intent for it`);
        else if (!written.isDurable) fail(`a request for ${clientOrderId} leaves before its intent was synced`);
        if (!isChange) continue;
        const count = (changes.get(clientOrderId) ?? 0) + 1;
        changes.set(clientOrderId, count);
        if (view.powerCuts === 0 && written !== undefined && written.durableAmendIntents < count)
          fail(`change ${count} of ${clientOrderId} leaves and only ${written.durableAmendIntents} are in the journal`);
      }
    },
  };
};

/** What works at the venue is never taken for finished, and what was taken for finished never begins to work. */
export const finishedIsFinished: InvariantMaker = (view, fail) => {
  const isOpen = (order: VenueOrderRecord | undefined): order is VenueOrderRecord => order !== undefined && !isTerminal(order.status);
  return {
    onRecord(entry) {
      if (entry.kind !== "order" || !isTerminal(entry.order.status)) return;
      const { clientOrderId, status, reason = "" } = entry.order;
      const order = view.isPaper ? undefined : view.world.venue.order(view.symbol, { clientOrderId });
      if (isOpen(order)) fail(`${clientOrderId} is ${status} (${reason}) in the books and ${order.status} at the venue`);
    },
    onVenue(event) {
      if (event.kind !== "order" || event.order.origin !== "api" || !isOpen(event.order)) return;
      const { clientOrderId } = event.order;
      const known = view.journal.orders.get(clientOrderId);
      if (isFinished(known)) fail(`${clientOrderId} works at the venue and was ${known?.status ?? ""} in the books before`);
    },
  };
};

/** What may only reduce a position never makes it larger. */
export const reduceOnlyReduces: InvariantMaker = (view, fail) => {
  const held = new Map<string, number>();
  return {
    onVenue(event) {
      if (event.kind !== "fill") return;
      const { fill } = event;
      const before = held.get(fill.positionSide) ?? 0;
      const after = before + (fill.side === "buy" ? 1 : -1) * view.world.quantity.toSteps(fill.quantity);
      held.set(fill.positionSide, after);
      const intent = view.journal.orders.get(fill.clientOrderId)?.intent;
      // Where somebody else trades into the same position, what reduces ours may enlarge the whole.
      if (intent?.reduceOnly !== true || view.hasForeign) return;
      if (Math.abs(after) > Math.abs(before))
        fail(`${intent.purpose} ${fill.clientOrderId} may only reduce and has taken the position from ${before} to ${after} steps`);
    },
  };
};

/** Quantities and prices leave as plain decimals on the instrument's grid. */
export const decimalsOnGrid: InvariantMaker = (view, fail) => {
  const check = (text: string | undefined, step: string, what: string): void => {
    if (text === undefined) return;
    if (!/^\d+(\.\d+)?$/.test(text)) return fail(`${what} leaves as ${text}, which is no plain decimal`);
    if (!isMultiple(text, step)) fail(`${what} leaves as ${text}, which is not on the grid of ${step}`);
  };
  return {
    onSend({ method, url }) {
      const { priceStep, quantityStep } = view.world.openingInstrument;
      for (const { quantity, prices } of ordersIn(method, url, view)) {
        check(quantity, quantityStep, "a quantity");
        for (const price of prices) check(price, priceStep, "a price");
      }
    },
  };
};

/** Every intent says whose it is and why. */
export const intentsAreSigned: InvariantMaker = (view, fail) => ({
  onRecord(entry) {
    if (entry.kind !== "order" || entry.record !== "intent") return;
    const { clientOrderId, purpose } = entry.order;
    const mark = strategyMark(view.process?.run.strategyId ?? "");
    if (!clientOrderId.startsWith(mark)) fail(`the intent ${clientOrderId} does not name its strategy`);
    if (!["entry", "exit", "stopLoss", "takeProfit", "trailingStop"].includes(purpose)) fail(`the intent ${clientOrderId} has no purpose`);
  },
});

function isMultiple(text: string, step: string): boolean {
  const digits = Math.max(fraction(text).length, fraction(step).length);
  const units = (value: string): bigint => BigInt(value.replace(".", "") + "0".repeat(digits - fraction(value).length));
  return units(text) % units(step) === 0n;
}

function fraction(text: string): string {
  return text.split(".")[1] ?? "";
}
