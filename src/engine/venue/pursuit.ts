import { MetaExpertError } from "../../base/errors.ts";
import type { Logger } from "../../base/logger.ts";
import { wait, type Scheduler } from "../../base/scheduler.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Gateway, Lookup, Outcome } from "../gateway.ts";
import { positionDifference, spotShortfall } from "./differences.ts";
import { referenceOf, type TrackedOrder } from "./tracked-order.ts";
import { OVERLAP_MS, type Tracker } from "./tracker.ts";

/** Waits between questions about one order, milliseconds; the last one is repeated. */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** Between the answers that prove an absence: a position may wait for its stop meanwhile. */
const PROOF_WAIT_MS = 4_000;
/** How often all sources have to say that they do not know an order, after nothing can arrive any more. */
const ABSENCES_NEEDED = 2;

export interface PursuitOptions {
  readonly gateway: Gateway;
  readonly tracker: Tracker;
  readonly instruments: readonly Instrument[];
  readonly scheduler: Scheduler;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Asks about orders whose state is not known, and repeats the wish to cancel, until there is proof. Nothing is ever submitted twice. An
 * order counts as never arrived only when no copy of the request can arrive any more, and the order itself, the open orders and the trades
 * have each been asked and have answered, twice; where the exchange would not remember any more, the position has to agree as well.
 */
export class Pursuit {
  readonly #options: PursuitOptions;

  constructor(options: PursuitOptions) {
    this.#options = options;
  }

  /** Begins to ask about an order, unless somebody does already. */
  start(order: TrackedOrder): void {
    if (order.isPursued || order.isDone) return;
    order.isPursued = true;
    order.absences = 0;
    void this.#pursue(order).finally(() => {
      order.isPursued = false;
    });
  }

  async #pursue(order: TrackedOrder): Promise<void> {
    const { scheduler, signal, log } = this.#options;
    let hasWarned = false;
    for (let attempt = 0; ; attempt += 1) {
      await wait(scheduler, this.#waitMs(order, attempt), signal);
      if (signal.aborted || isSettled(order)) return;
      if (order.isInFlight || order.cancelInFlight) continue;
      const askedAt = scheduler.now();
      const lookup = await this.#ask(order);
      if (signal.aborted || isSettled(order)) return;
      if (lookup.kind === "found") await this.#onFound(order, lookup);
      else if (lookup.kind === "absent") await this.#onAbsent(order, askedAt);
      if (!hasWarned && !order.isDone && scheduler.now() > order.bornAt + this.#options.gateway.arrival.memoryMs) {
        hasWarned = true;
        const { clientOrderId, symbol } = order.request;
        log.error(`order ${clientOrderId}: the exchange no longer remembers that far back; compare the position of ${symbol} yourself`);
      }
    }
  }

  /** An order that is not found is asked about again as soon as that can prove something, and soon after the first answer that does. */
  #waitMs({ absences, sentAt, bornAt }: TrackedOrder, attempt: number): number {
    const { gateway, scheduler } = this.#options;
    const usual = WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)] as number;
    if (absences > 0 && scheduler.now() <= bornAt + gateway.arrival.memoryMs) return Math.min(usual, PROOF_WAIT_MS);
    const untilBound = sentAt + gateway.arrival.boundMs - scheduler.now();
    return untilBound > 0 ? Math.min(usual, untilBound) : usual;
  }

  async #ask(order: TrackedOrder): Promise<Lookup> {
    try {
      return await this.#options.gateway.findOrder(referenceOf(order));
    } catch (error) {
      return { kind: "failed", reason: reasonOf(error) };
    }
  }

  async #onFound(order: TrackedOrder, { order: state }: Extract<Lookup, { kind: "found" }>): Promise<void> {
    order.absences = 0;
    this.#options.tracker.applyOrder(state);
    if (order.cancelWanted && !order.isDone && order.ending === undefined) await this.cancel(order);
  }

  /** Sends a request to cancel and takes in what is proven by its answer. */
  async cancel(order: TrackedOrder): Promise<void> {
    const { gateway, tracker, scheduler } = this.#options;
    if (order.isDone || order.cancelInFlight) return;
    order.cancelInFlight = true;
    let outcome: Outcome;
    try {
      outcome = await gateway.cancel(referenceOf(order));
    } catch (error) {
      outcome = { kind: "unknown", reason: reasonOf(error) };
    }
    order.cancelInFlight = false;
    order.sentAt = Math.max(order.sentAt, scheduler.now());
    if (outcome.kind === "acknowledged" && outcome.order !== undefined) tracker.applyOrder(outcome.order);
    if (!order.isDone) this.start(order);
  }

  async #onAbsent(order: TrackedOrder, askedAt: number): Promise<void> {
    const { gateway, tracker, scheduler } = this.#options;
    if (askedAt < order.sentAt + gateway.arrival.boundMs) return;
    if (!(await this.#isNowhere(order)) || order.isDone) return;
    order.absences += 1;
    if (order.absences < ABSENCES_NEEDED) return;
    const reason = order.isAccepted
      ? "the exchange no longer knows the order, and it has no other fill"
      : "the order never reached the exchange";
    tracker.end(order, { kind: order.isAccepted ? "cancelled" : "expired", reason, filledQuantity: 0, time: scheduler.now() });
  }

  /** Whether neither the open orders nor the trades know the order; an error is no answer. */
  async #isNowhere(order: TrackedOrder): Promise<boolean> {
    const { gateway, tracker, scheduler } = this.#options;
    const { symbol, clientOrderId } = order.request;
    try {
      const open = await gateway.openOrders(symbol);
      const found = open.find(
        (state) => state.clientOrderId === clientOrderId || (order.orderId !== "" && state.orderId === order.orderId),
      );
      if (found !== undefined) {
        tracker.applyOrder(found);
        return false;
      }
      // Trades from before the last restart are not asked for again: they have been booked.
      const since = Math.max(order.bornAt - gateway.arrival.boundMs, tracker.oldestAsked(symbol));
      const fills = await gateway.fillsSince(symbol, since);
      const before = order.filledSteps;
      for (const fill of fills) tracker.applyFill(fill);
      if (!(await this.#isUnclaimedForeign(order)) || order.filledSteps !== before) return false;
      return scheduler.now() <= order.bornAt + gateway.arrival.memoryMs || (await this.#isAgreed(symbol));
    } catch {
      return false;
    }
  }

  /**
   * Whether the trades that nobody claims are of other orders. Most histories of trades name an order by the exchange's id alone, which is
   * not known of an order whose answer was lost; whose each one is, is asked for. Without an answer nothing is proven.
   */
  async #isUnclaimedForeign({ request: { symbol, side }, bornAt, orderId }: TrackedOrder): Promise<boolean> {
    const { gateway, tracker } = this.#options;
    if (orderId !== "") return true;
    const makers = tracker.unclaimed(symbol, bornAt - OVERLAP_MS).filter((fill) => fill.side === side);
    for (const maker of new Set(makers.map((fill) => fill.orderId))) {
      // oxlint-disable-next-line no-await-in-loop -- a handful at most, and an answer may end it
      const lookup = await gateway.findOrder({ clientOrderId: "", orderId: maker, symbol, type: "limit" });
      if (lookup.kind !== "found") return false;
      tracker.applyOrder(lookup.order);
    }
    return true;
  }

  /** Beyond the exchange's memory only the account itself can prove that an order has done nothing: what is held is what we think. */
  async #isAgreed(symbol: string): Promise<boolean> {
    const { gateway, tracker, instruments } = this.#options;
    const instrument = instruments.find((candidate) => candidate.symbol === symbol);
    if (instrument === undefined) return false;
    if (instrument.kind === "spot") return spotShortfall(instrument, await gateway.balances(), tracker) === undefined;
    return positionDifference(symbol, await gateway.positions([symbol]), tracker) === undefined;
  }
}

/** Nothing is left to find out. */
function isSettled(order: TrackedOrder): boolean {
  return order.isDone || (order.isAccepted && !order.isUnknown && !order.cancelWanted && order.ending === undefined);
}

/** What went wrong, in words that carry no secret: errors of our own do not, and of others only the kind is told. */
export function reasonOf(error: unknown): string {
  if (error instanceof MetaExpertError) return error.message;
  return error instanceof Error ? error.name : "the request failed";
}
