import { AuthenticationError, RateLimitedError } from "../../base/errors.ts";
import type { Logger } from "../../base/logger.ts";
import { wait, type Scheduler } from "../../base/scheduler.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { ExchangeReport } from "../exchange.ts";
import type { Gateway } from "../gateway.ts";
import type { SeenUntil, VenueFill, VenueOrder } from "../venue-facts.ts";
import { Comparison } from "./comparison.ts";
import { Deafness } from "./deafness.ts";
import { HeldFacts } from "./held-facts.ts";
import { reasonOf, type Pursuit } from "./pursuit.ts";
import { referenceOf, type TrackedOrder } from "./tracked-order.ts";
import { SeenIds } from "./seen-ids.ts";
import { OVERLAP_MS, type Tracker } from "./tracker.ts";

const RETRY_MS = 2_000;
/** Where the key is refused: asking over and over makes it no better, and some exchanges lock out who does. */
const REFUSED_RETRY_MS = 30_000;
const EVERY_MS = 30_000;
/** How long the stream has for telling what an answer has promised. */
const SOON_MS = 2_000;
/** So many rounds in a row may leave something open before the next ones come less and less often. */
const PATIENT_ROUNDS = 5;
/** An order that has ended and is listed as open so long after is alive. */
const ALIVE_AFTER_MS = 10_000;
/**
 * So long after it happened an exchange tells of everything; far more than any clock is wrong. Without it the questions would reach back
 * to the last fill, however long ago that was.
 */
const SETTLED_AFTER_MS = 12 * 3_600_000;
/** Things that are not ours and have been told of. */
const FOREIGN_MAX = 1_000;

export interface ReconcilerOptions {
  readonly gateway: Gateway;
  readonly instruments: readonly Instrument[];
  readonly scheduler: Scheduler;
  readonly tracker: Tracker;
  readonly pursuit: Pursuit;
  readonly log: Logger;
  readonly report: (report: ExchangeReport) => void;
  readonly onVisibility: (isVisible: boolean, reason: string) => void;
  readonly bookedBalance: (asset: string) => number | undefined;
  readonly reconcileEveryMs?: number;
  readonly signal: AbortSignal;
}

/**
 * Brings our picture and the exchange's together: at the start, after every interruption of the private stream, and again and again, for
 * a stream that is silent looks just like one that has nothing to tell. Doing it twice changes nothing the second time.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #comparison: Comparison;
  readonly #wanted = new Set<string>();
  readonly #foreign = new SeenIds(FOREIGN_MAX);
  readonly #deafness: Deafness;
  readonly #held: HeldFacts;
  #isRunning = false;
  #isWanted = false;
  #isStreamUp = false;
  /** Rises with every connection of the private stream. */
  #connections = 0;
  /** Rounds in a row that have left something open. */
  #unsettled = 0;
  /** What has been reported as seen. */
  #seenUntil: SeenUntil = { fills: {}, transfers: NaN };
  #timer: (() => void) | undefined;
  #onFirst: (() => void) | undefined;
  /** When both sides were last compared to the end, milliseconds; NaN before. */
  lastDone = NaN;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#comparison = new Comparison(options);
    const { scheduler, signal, gateway, log } = options;
    const onDeaf = (reason: string): void => {
      log.warn(`${reason}: it is replaced by a new one`);
      gateway.reconnect?.(reason);
    };
    this.#deafness = new Deafness({ scheduler, signal, onDeaf });
    this.#held = new HeldFacts(scheduler);
    options.signal.addEventListener("abort", () => {
      this.#timer?.();
      this.#held.releaseAll();
    });
  }

  /** Resolves when both sides have been compared and agree, or differ in a way that has been told, with the private stream up. */
  async begin(): Promise<void> {
    this.#seenUntil = this.#options.tracker.seenUntil();
    const first = new Promise<void>((resolve) => {
      this.#onFirst = resolve;
    });
    if (this.#isStreamUp) this.#run();
    await first;
  }

  onStream(isConnected: boolean, reason: string): void {
    this.#isStreamUp = isConnected;
    this.#connections += 1;
    this.#deafness.onConnection();
    if (!isConnected) {
      this.#held.releaseAll();
      return this.#options.onVisibility(false, reason);
    }
    this.#held.hold(this.#options.instruments.map(({ symbol }) => symbol));
    this.#run();
  }

  /** The process has stood still: until both sides have been compared again, what it thinks is old. */
  onStandstill(reason: string): void {
    this.#connections += 1;
    this.#options.onVisibility(false, reason);
    this.#run();
  }

  /** A state tells of fills that have not come. */
  wantFills(symbol: string): void {
    this.#wanted.add(symbol);
    // While a comparison runs it may have asked already; what is still missing then is asked for a little later.
    this.#soon(this.#isRunning ? SOON_MS : 0);
  }

  checkSoon(symbol: string): void {
    const { scheduler, tracker, signal } = this.#options;
    void wait(scheduler, SOON_MS, signal).then(() => {
      if (tracker.live(symbol).some((order) => order.request.type === "market")) this.wantFills(symbol);
    });
  }

  /** The private stream tells of a trade; `order` is the order's state after it, where the same message says it. */
  onStreamFill(fill: VenueFill, order: VenueOrder | undefined): void {
    const { tracker } = this.#options;
    this.#deafness.onTold(fill);
    this.#held.pass(fill.symbol, () => {
      tracker.applyFill(fill);
      if (order !== undefined) tracker.applyOrder(order);
    });
  }

  onAccountChanged(): void {
    this.#comparison.onChanged();
  }

  /** Something at the exchange is not ours: it is told once, and the positions are compared. */
  onForeign(symbol: string, what: string): void {
    if (!this.#foreign.add(`${symbol}: ${what}`)) return;
    this.#options.log.warn(`${symbol}: ${what} is not of this run; it is left alone`);
    this.#soon(SOON_MS);
  }

  #soon(delayMs: number): void {
    const { scheduler, signal } = this.#options;
    void wait(scheduler, delayMs, signal).then(() => this.#run());
  }

  #run(): void {
    this.#isWanted = true;
    if (this.#isRunning || this.#options.signal.aborted) return;
    this.#isRunning = true;
    void this.#rounds().finally(() => {
      this.#isRunning = false;
      if (this.#isWanted) this.#run();
    });
  }

  async #rounds(): Promise<void> {
    const { scheduler, log, signal, onVisibility } = this.#options;
    while (this.#isWanted && !signal.aborted) {
      this.#isWanted = false;
      const connection = this.#connections;
      try {
        const isAgreed = await this.#round();
        if (signal.aborted) return;
        this.lastDone = scheduler.now();
        // What happened while the stream was away during this round is for the next one.
        if (this.#isStreamUp && connection === this.#connections) {
          onVisibility(true, "");
          this.#deafness.onCaughtUp();
        }
        if (!isAgreed) continue;
        this.#onFirst?.();
        this.#onFirst = undefined;
      } catch (error) {
        this.#held.releaseAll();
        // What was not answered says nothing; the picture stays as it is until it is.
        log.warn(`comparing with the exchange failed: ${reasonOf(error)}`);
        await wait(scheduler, pauseAfter(error), signal);
        this.#isWanted = true;
      }
    }
    if (signal.aborted) return;
    this.#timer?.();
    this.#timer = scheduler.after(this.#options.reconcileEveryMs ?? EVERY_MS, () => this.#run());
  }

  /** Whether both sides agree, or differ in a way that has been told. */
  async #round(): Promise<boolean> {
    const { instruments } = this.#options;
    this.#wanted.clear();
    for (const { symbol } of instruments) await this.#goThroughOrders(symbol);
    await this.#fetchTransfers();
    const isAgreed = await this.#comparison.compare(() => this.#fetchAllFills());
    this.#reportSeen();
    if (isAgreed && this.#wanted.size === 0) this.#unsettled = 0;
    else this.#soon(this.#nextDelay());
    return isAgreed;
  }

  async #goThroughOrders(symbol: string): Promise<void> {
    const { gateway, tracker, scheduler } = this.#options;
    const askedAt = scheduler.now();
    const open = await gateway.openOrders(symbol);
    await this.#fetchFills(symbol);
    for (const state of open) {
      tracker.applyOrder(state);
      await this.#takeBack(state, askedAt);
    }
    const isListed = ({ request, orderId }: TrackedOrder): boolean =>
      open.some((state) => state.clientOrderId === request.clientOrderId || (orderId !== "" && state.orderId === orderId));
    for (const order of tracker.live(symbol)) if (!order.isInFlight && !isListed(order)) await this.#lookUp(order);
    tracker.tellForeign(symbol);
  }

  /** An order that was taken for finished and works all the same: nobody watches over it, so it is cancelled. */
  async #takeBack(state: VenueOrder, askedAt: number): Promise<void> {
    const { gateway, tracker, log } = this.#options;
    const order = tracker.find(state);
    if (order === undefined || !order.isDone || askedAt < order.doneAt + ALIVE_AFTER_MS) return;
    log.error(`order ${order.request.clientOrderId} was taken for finished and is open at the exchange; it is being cancelled`);
    await gateway.cancel(referenceOf(order)).catch(() => undefined);
  }

  async #fetchAllFills(): Promise<void> {
    for (const { symbol } of this.#options.instruments) await this.#fetchFills(symbol);
  }

  async #fetchFills(symbol: string): Promise<void> {
    const { gateway, tracker } = this.#options;
    const askedAt = gateway.now();
    const fills = await gateway.fillsSince(symbol, tracker.lastFill(symbol) - OVERLAP_MS);
    for (const fill of fills) {
      if (tracker.applyFill(fill)) this.#deafness.onFound(fill);
      tracker.setLastFill(symbol, fill.time);
    }
    tracker.setLastFill(symbol, askedAt - SETTLED_AFTER_MS);
    this.#held.release(symbol);
  }

  async #fetchTransfers(): Promise<void> {
    const { gateway, tracker } = this.#options;
    const askedAt = gateway.now();
    for (const transfer of await gateway.transfersSince(tracker.lastTransfer - OVERLAP_MS)) {
      tracker.applyTransfer(transfer);
      tracker.setLastTransfer(transfer.time);
    }
    tracker.setLastTransfer(askedAt - SETTLED_AFTER_MS);
  }

  /** What stays open for long is asked about less often: questions use up what orders may need. */
  #nextDelay(): number {
    this.#unsettled += 1;
    const late = this.#unsettled - PATIENT_ROUNDS;
    if (late === 1 && this.#wanted.size > 0)
      this.#options.log.warn(`${[...this.#wanted].join(", ")}: the exchange tells of fills that its history of trades does not show`);
    return Math.min(EVERY_MS, SOON_MS * 2 ** Math.max(0, late));
  }

  /** Has the journal know up to where everything has been asked for, when it is worth a record. */
  #reportSeen(): void {
    const { tracker, report, scheduler } = this.#options;
    const until = tracker.seenUntil();
    const { fills, transfers } = this.#seenUntil;
    const isLater = (now: number, before: number | undefined): boolean => now - (before ?? -Infinity) > OVERLAP_MS;
    if (!isLater(until.transfers, transfers) && !Object.entries(until.fills).some(([symbol, time]) => isLater(time, fills[symbol]))) return;
    this.#seenUntil = until;
    report({ kind: "caughtUp", until, time: scheduler.now() });
  }

  /** An order that is not among the open ones: asked about by itself, and pursued when the answer is not plain. */
  async #lookUp(order: TrackedOrder): Promise<void> {
    const { gateway, tracker, pursuit } = this.#options;
    const lookup = await gateway.findOrder(referenceOf(order));
    if (lookup.kind === "found") tracker.applyOrder(lookup.order);
    if (order.isDone || lookup.kind === "found") return;
    // An order that worked and is known nowhere is looked for until there is proof.
    order.isUnknown = true;
    pursuit.start(order);
  }
}

/** How long to wait before asking again, by what went wrong. */
function pauseAfter(error: unknown): number {
  if (error instanceof AuthenticationError) return REFUSED_RETRY_MS;
  return error instanceof RateLimitedError ? Math.max(RETRY_MS, error.retryAfterMs) : RETRY_MS;
}
