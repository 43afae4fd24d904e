import { isTerminal, type Order } from "../../../src/domain/order.ts";
import { isInverse, contractSizeOf } from "../../../src/domain/instrument.ts";
import type { OrderSnapshot } from "../../../src/engine/orders/live-order.ts";
import type { LossLimitsState } from "../../../src/engine/loss-limits.ts";
import type { ThrottleState } from "../../../src/engine/risk/throttle.ts";
import type { HttpRequest } from "../../../src/exchanges/transport/http.ts";
import type { InvariantMaker } from "../invariant.ts";
import { ordersIn } from "../sent-order.ts";
import type { View } from "../view.ts";

/** The price may have moved before the process could see it. */
const PRICE_SLACK = 1.1;

/** Whatever fills, a position never becomes larger than allowed, and neither do an order and the number of orders. */
export const withinLimits: InvariantMaker = (view, fail) => {
  const check = (entry: Order): void => {
    const { risk } = view.process?.run ?? {};
    if (risk === undefined || view.isPaper || view.hasForeign) return;
    const { clientOrderId, quantity } = entry;
    const price = Math.max(view.world.venue.lastPrice(view.symbol), entry.price ?? 0, entry.triggerPrice ?? 0);
    const worth = (held: number): number => held * (isInverse(view.instrument) ? Number(contractSizeOf(view.instrument)) : price);
    const position = worth(view.world.quantity.toNumber(worstSteps(view, entry)));
    if (position > risk.maxPositionSizeQuote * PRICE_SLACK)
      fail(`with entry ${clientOrderId} the position may become worth ${position}, above ${risk.maxPositionSizeQuote}`);
    if (worth(quantity) > risk.maxOrderSizeQuote * PRICE_SLACK)
      fail(`entry ${clientOrderId} is worth ${worth(quantity)}, above ${risk.maxOrderSizeQuote}`);
    const open = view.ownOpen().length;
    if (open + 1 > risk.maxOpenOrders)
      fail(`entry ${clientOrderId} leaves while ${open} orders are open; ${risk.maxOpenOrders} are allowed`);
  };
  return {
    onRecord(entry) {
      if (entry.kind !== "order" || entry.record !== "intent" || entry.order.purpose !== "entry") return;
      if ((entry.order as OrderSnapshot).replaces === undefined) check(entry.order);
    },
    // What takes the place of another waits until that has gone, and leaves with what was left of it.
    onSend({ method, url }) {
      for (const { clientOrderId, isChange, quantity } of ordersIn(method, url, view)) {
        const intent = view.journal.orders.get(clientOrderId)?.intent;
        if (!isChange && intent?.purpose === "entry" && intent.replaces !== undefined) check({ ...intent, quantity: Number(quantity) });
      }
    },
  };
};

/** How large the position of an entry's side may become at the venue: what is held, what is open there, what is on its way. */
function worstSteps(view: View, entry: Order): number {
  const { venue, quantity } = view.world;
  const sign = entry.side === "buy" ? 1 : -1;
  let steps = Math.max(0, sign * view.ownSteps(entry.positionSide)) + quantity.toSteps(entry.quantity);
  for (const { order } of view.journal.orders.values()) {
    // What an entry takes the place of is gone before it leaves.
    if (
      order.clientOrderId === entry.clientOrderId ||
      order.clientOrderId === (entry as OrderSnapshot).replaces ||
      order.side !== entry.side ||
      order.positionSide !== entry.positionSide
    )
      continue;
    if (order.purpose !== "entry" || isTerminal(order.status)) continue;
    // What waits to take another's place leaves when that has gone, and that one is counted.
    if (order.isWaiting === true) continue;
    const there = venue.order(view.symbol, { clientOrderId: order.clientOrderId });
    // What the venue knows is the truth; what it does not know yet may still arrive.
    const isOver = there !== undefined && isTerminal(there.status);
    if (!isOver) steps += quantity.toSteps(order.quantity - (there?.filledQuantity ?? 0));
  }
  return steps;
}

/** Entries that are late by this much were on their way already. */
const ON_THE_WAY_MS = 3_000;
/** The quietest market is looked into after a minute. */
const SILENCE_MS = 75_000;

/** No entry leaves while the market or the account cannot be seen. */
export const nothingInTheDark: InvariantMaker = (view, fail) => {
  let staleSince = Infinity;
  let heardAt = -Infinity;
  let privateSince = NaN;
  let open = 0;
  let owner: unknown;
  return {
    onStep() {
      const isStale = view.process?.handle?.status().connection.isStale === true;
      staleSince = isStale ? Math.min(staleSince, view.now) : Infinity;
    },
    onSocket(url, isOpen, process) {
      if (!isPrivate(url)) return;
      if (owner !== process) [owner, open] = [process, 0];
      open += isOpen ? 1 : -1;
      privateSince = open > 0 ? NaN : view.now;
    },
    onFrame(url) {
      if (!isPrivate(url)) heardAt = view.now;
    },
    onAnswer({ path }) {
      if (/(klines|trades|aggTrades|depth)$/i.test(path)) heardAt = view.now;
    },
    onSend({ method, url }, process) {
      const isStale = process.handle?.status().connection.isStale === true;
      for (const { clientOrderId, isChange } of ordersIn(method, url, view)) {
        if (isChange || !isNewEntry(view.journal.orders.get(clientOrderId)?.intent)) continue;
        if (isStale && view.now - staleSince > ON_THE_WAY_MS)
          fail(`entry ${clientOrderId} leaves although the run has known for ${view.now - staleSince} ms that it cannot see`);
        if (view.now - heardAt > SILENCE_MS)
          fail(`entry ${clientOrderId} leaves ${view.now - heardAt} ms after the last word from the market`);
        if (view.now - privateSince > ON_THE_WAY_MS)
          fail(`entry ${clientOrderId} leaves without a private stream for ${view.now - privateSince} ms`);
      }
    },
  };
};

/** What takes the place of an entry that was there adds no risk, and leaves when the old one has gone, whatever has happened since. */
function isNewEntry(intent: OrderSnapshot | undefined): boolean {
  return intent?.purpose === "entry" && intent.replaces === undefined;
}

function isPrivate(url: string): boolean {
  return url.includes("ws-api") || url.includes("listenKey") || url.includes("/private/") || /\/ws\/[A-Za-z0-9]{40,}/.test(url);
}

/** How long an orderly end may take, milliseconds: what waits for the exchange waits for fifteen seconds. */
const FAREWELL_MS = 60_000;

/** A run that was asked to end adds no risk, ends, and leaves what its policy says. */
export const stopMeansStop: InvariantMaker = (view, fail) => ({
  onSend({ method, url }, process) {
    if (!(view.now - process.stoppedAt > ON_THE_WAY_MS)) return;
    for (const { clientOrderId, isChange } of ordersIn(method, url, view))
      if (!isChange && isNewEntry(view.journal.orders.get(clientOrderId)?.intent))
        fail(`entry ${clientOrderId} leaves ${view.now - process.stoppedAt} ms after the run was asked to end`);
  },
  onStep() {
    const { process } = view;
    if (process === undefined || process.isOver || Number.isNaN(process.stoppedAt)) return;
    if (view.now - Math.max(process.stoppedAt, view.healthySince) > FAREWELL_MS)
      fail(`the run has not ended ${view.now - process.stoppedAt} ms after it was asked to`);
  },
  onEnd() {
    const { process } = view;
    if (view.isPaper || process?.outcome === undefined || process.outcome.reason === "error") return;
    const { onExit } = process.run;
    const entries = view.ownOpen().filter(({ clientOrderId }) => view.journal.orders.get(clientOrderId)?.intent.purpose === "entry");
    if (onExit !== "leave" && entries.length > 0) fail(`${entries.length} entries are left behind by the policy "${onExit}"`);
    if (onExit !== "close" || view.hasForeign) return;
    const held = view.sides.filter((side) => view.ownSteps(side) !== 0);
    if (held.length > 0 && view.instrument.kind !== "spot") fail(`positions are left behind by the policy "close"`);
  },
});

/** The venue never has to refuse for its limits, and who is told to wait waits: what asks for the market and what trades each for itself. */
export const limitsAreKept: InvariantMaker = (view, fail) => {
  /** Ends of silences, by the process's own clock and by the world's. */
  const silence = { trading: -Infinity, market: -Infinity };
  const worldSilence = { trading: -Infinity, market: -Infinity };
  let owner: unknown;
  const kindOf = ({ headers }: HttpRequest): keyof typeof silence => (headers?.["X-MBX-APIKEY"] === undefined ? "market" : "trading");
  // Both ask for the time, without a key: whose question it is cannot be told.
  const isNobodys = ({ url }: HttpRequest): boolean => url.endsWith("/time");
  return {
    onAnswer({ method, path }, { status, body }) {
      if (status === 429 || status === 418 || body.includes('"code":-1015'))
        fail(`the venue answers ${method} ${path} with ${status}: ${body.slice(0, 120)}`);
    },
    onResponse(request, { status, headers }, process) {
      if ((status !== 429 && status !== 418) || isNobodys(request)) return;
      if (owner !== process) [owner, silence.trading, silence.market] = [process, -Infinity, -Infinity];
      const kind = kindOf(request);
      if (silence[kind] === -Infinity) worldSilence[kind] = -Infinity;
      worldSilence[kind] = Math.max(worldSilence[kind], view.now + 1_000 * Number(headers["retry-after"] ?? 0));
      silence[kind] = Math.max(silence[kind], process.scheduler.now() + 1_000 * Number(headers["retry-after"] ?? 0));
    },
    onSend(request, process) {
      const until = owner === process ? silence[kindOf(request)] : -Infinity;
      // A clock that is set while it waits makes it wait by one of the two.
      const early = Math.min(until - process.scheduler.now(), worldSilence[kindOf(request)] - view.now);
      if (early > 0 && !isNobodys(request))
        fail(`${request.method} ${new URL(request.url).pathname} leaves ${early} ms before the end of the silence that was asked for`);
    },
  };
};

/** Limits that have tripped stay tripped over any number of restarts. */
export const trippedStaysTripped: InvariantMaker = (view, fail) => {
  let throttle: string | undefined;
  let isDrawdownHit = false;
  let dayBlockedUntil = -Infinity;
  let cuts = 0;
  return {
    onRecord(entry) {
      if (cuts !== view.powerCuts) {
        cuts = view.powerCuts;
        // The last second before a power cut may be gone.
        throttle = (view.journal.states.get("throttle") as ThrottleState | undefined)?.tripped;
        const limits = view.journal.states.get("limits") as LossLimitsState | undefined;
        isDrawdownHit = limits?.isDrawdownHit === true;
        dayBlockedUntil = limits?.isDayBlocked === true ? limits.dayEnd : -Infinity;
      }
      if (entry.kind === "state" && entry.name === "throttle") throttle = (entry.value as ThrottleState).tripped ?? throttle;
      if (entry.kind === "state" && entry.name === "limits") {
        const limits = entry.value as LossLimitsState;
        isDrawdownHit ||= limits.isDrawdownHit;
        if (limits.isDayBlocked) dayBlockedUntil = Math.max(dayBlockedUntil, limits.dayEnd);
      }
      if (entry.kind !== "order" || entry.record !== "intent" || entry.order.purpose !== "entry") return;
      const { clientOrderId, createdAt } = entry.order;
      if (throttle !== undefined) fail(`entry ${clientOrderId} although entries were switched off: ${throttle}`);
      if (isDrawdownHit) fail(`entry ${clientOrderId} although the largest drawdown was reached`);
      if (createdAt < dayBlockedUntil) fail(`entry ${clientOrderId} although the day's loss was reached`);
    },
  };
};
