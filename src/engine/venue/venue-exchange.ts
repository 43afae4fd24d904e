import { assert } from "../../base/assert.ts";
import type { Logger } from "../../base/logger.ts";
import type { Scheduler } from "../../base/scheduler.ts";
import type { Balance } from "../../domain/account.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Order, OrderRequest } from "../../domain/order.ts";
import type { Position } from "../../domain/position.ts";
import {
  changesIn,
  type Exchange,
  type ExchangeCapabilities,
  type ExchangeListener,
  type ExchangeReport,
  type OrderAmendment,
} from "../exchange.ts";
import type { Gateway, GatewayListener, InstrumentSource, Outcome } from "../gateway.ts";
import type { SeenUntil } from "../venue-facts.ts";
import { settleAmendment } from "./amendment.ts";
import { Pursuit, reasonOf } from "./pursuit.ts";
import { Reconciler } from "./reconciler.ts";
import { RulesWatch } from "./rules-watch.ts";
import { SettingsWatch, type WantedSettings } from "./settings-watch.ts";
import { referenceOf, type TrackedOrder } from "./tracked-order.ts";
import { Tracker } from "./tracker.ts";

/** What an earlier run has left of its orders. */
export interface KnownOrders {
  readonly orders: readonly (Order & { readonly cancelRequested?: boolean | undefined })[];
  /** Trades that have been booked, as `symbol:tradeId`. */
  readonly fillIds: Iterable<string>;
  readonly positions: readonly Pick<Position, "symbol" | "side" | "quantity">[];
  /** Undefined at the very first start. */
  readonly seenUntil: SeenUntil | undefined;
  /** When the first of all runs began, milliseconds; not looked at when this is it. */
  readonly beganAt: number;
}

export interface VenueExchangeOptions {
  readonly gateway: Gateway;
  readonly instruments: readonly Instrument[];
  readonly scheduler: Scheduler;
  readonly log: Logger;
  /** Takes what the engine has to know, in order. */
  readonly report: (report: ExchangeReport) => void;
  /** The private stream has come or gone: without it no risk is added. */
  readonly onVisibility: (isVisible: boolean, reason: string) => void;
  /** What the engine's books say an asset's balance is, once everything reported has been booked; undefined while something is not. */
  readonly bookedBalance: (asset: string) => number | undefined;
  /** Where the rules of symbols can be asked for again, when an order was refused because of them. @default nowhere */
  readonly rules?: InstrumentSource;
  /** How the account has to be set while the run trades. @default anyhow */
  readonly settings?: WantedSettings;
  /** How often the exchange is asked whether both sides agree, milliseconds. @default 30000 */
  readonly reconcileEveryMs?: number;
}

/**
 * A real exchange as the engine sees it, whichever it is. Requests go out once; what is not proven is pursued; what the private stream
 * has missed is fetched; and again and again both sides are compared. Everything that comes of it is reported once, in a legal order.
 */
export class VenueExchange implements Exchange, AsyncDisposable {
  readonly name: string;
  readonly capabilities: ExchangeCapabilities;
  readonly instruments: readonly Instrument[];
  readonly tracker: Tracker;
  readonly reconciler: Reconciler;
  readonly #options: VenueExchangeOptions;
  readonly #pursuit: Pursuit;
  readonly #settings: SettingsWatch;
  readonly #rules: RulesWatch;
  readonly #stop = new AbortController();
  #requests = 0;

  constructor(options: VenueExchangeOptions) {
    const { gateway, instruments, scheduler, log, report } = options;
    const { signal } = this.#stop;
    this.#options = options;
    this.name = gateway.name;
    this.capabilities = gateway.capabilities;
    this.instruments = instruments;
    this.tracker = new Tracker({
      instruments,
      report,
      wantFills: (symbol) => this.reconciler.wantFills(symbol),
      onForeign: (symbol, what) => this.reconciler.onForeign(symbol, what),
    });
    this.#pursuit = new Pursuit({ gateway, tracker: this.tracker, instruments, scheduler, log, signal });
    this.#settings = new SettingsWatch({ ...options, wanted: options.settings ?? {}, signal });
    this.#rules = new RulesWatch({ source: options.rules, instruments, scheduler, log, report, signal });
    this.reconciler = new Reconciler({ ...options, tracker: this.tracker, pursuit: this.#pursuit, signal });
  }

  /** Requests that have left and have not been answered. */
  get pendingRequests(): number {
    return this.#requests;
  }

  /** Reports go to where the options say: a session takes them in as events. */
  connect(_listener: ExchangeListener): void {}

  /** Takes over what an earlier run has left, opens the private stream and compares both sides; resolves when they agree or differ for a known reason. */
  async start(known: KnownOrders): Promise<readonly Balance[]> {
    const { gateway, scheduler } = this.#options;
    const { tracker } = this;
    tracker.remember(known.fillIds);
    for (const { symbol, side, quantity } of known.positions) tracker.setPosition(symbol, side, quantity);
    const now = scheduler.now();
    for (const state of known.orders) {
      if (!this.instruments.some(({ symbol }) => symbol === state.symbol)) continue;
      const order = tracker.adopt(state, { cancelWanted: state.cancelRequested ?? false, now });
      if (order.isDone) continue;
      if (!order.isAccepted) tracker.doubt(order, "the run ended before the exchange had answered", now);
    }
    const { seenUntil } = known;
    const beganAt = seenUntil === undefined ? now : known.beganAt;
    tracker.beginAt(beganAt);
    for (const { symbol } of this.instruments) tracker.setLastFill(symbol, seenUntil?.fills[symbol] ?? beganAt);
    tracker.setLastTransfer(seenUntil?.transfers ?? beganAt);
    gateway.connect(this.#gatewayListener());
    await this.reconciler.begin();
    for (const order of tracker.live()) if (!order.isAccepted || order.cancelWanted) this.#pursuit.start(order);
    this.#settings.start();
    return gateway.balances();
  }

  submit(request: OrderRequest): void {
    const { gateway } = this.#options;
    const order = this.#follow(request);
    this.#ask(gateway.submit(order.request), (outcome) => this.#onSubmitted(order, outcome));
  }

  submitGroup(requests: readonly OrderRequest[]): void {
    const { gateway } = this.#options;
    const orders = requests.map((request) => this.#follow(request));
    const answer = gateway.submitGroup(orders.map(({ request }) => request));
    this.#requests += 1;
    void answer
      .then(
        (outcomes) => outcomes,
        (error: unknown): readonly Outcome[] => orders.map(() => ({ kind: "unknown", reason: reasonOf(error) })),
      )
      .then((outcomes) => {
        this.#requests -= 1;
        orders.forEach((order, index) =>
          this.#onSubmitted(order, outcomes[index] ?? { kind: "unknown", reason: "no answer for this order" }),
        );
      });
  }

  cancel(clientOrderId: string): void {
    const order = this.tracker.get(clientOrderId);
    if (order === undefined || order.isDone) return;
    order.cancelWanted = true;
    // An order that may not be there yet is asked about first; the wish is kept.
    if (order.isInFlight || order.isUnknown) return this.#pursuit.start(order);
    this.#requests += 1;
    void this.#pursuit.cancel(order).finally(() => {
      this.#requests -= 1;
    });
  }

  amend(clientOrderId: string, amendment: OrderAmendment): void {
    const { gateway, scheduler, report } = this.#options;
    const order = this.tracker.get(clientOrderId);
    if (order === undefined || order.isDone) {
      const time = scheduler.now();
      return report({ kind: "requestRejected", clientOrderId, reason: "the order is not open", time });
    }
    const request = { ...order.request, ...changesIn(amendment) };
    const { tracker } = this;
    const onGone = (gone: TrackedOrder): void => this.#pursueDoubted(gone);
    tracker.beginChange(order, amendment.quantity);
    this.#ask(gateway.amend(referenceOf(order), amendment, request), (outcome) => {
      if (outcome.kind === "rejected" && outcome.rejectClass === "grid") void this.#rules.look();
      void settleAmendment({ gateway, scheduler, report, tracker, signal: this.#stop.signal, onGone }, { order, amendment, outcome });
    });
  }

  inquire(symbol: string): void {
    this.reconciler.wantFills(symbol);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#options.gateway[Symbol.asyncDispose]();
  }

  /** An order that worked and that the exchange does not know any more has ended in some way; which one has to be proven. */
  #pursueDoubted(order: TrackedOrder): void {
    if (order.isDone) return;
    order.isUnknown = true;
    this.#pursuit.start(order);
  }

  #follow(request: OrderRequest): TrackedOrder {
    assert(this.tracker.get(request.clientOrderId) === undefined, `order ${request.clientOrderId} is submitted once`);
    return this.tracker.add(request, this.#options.scheduler.now());
  }

  #ask(answer: Promise<Outcome>, take: (outcome: Outcome) => void): void {
    this.#requests += 1;
    void answer
      .catch((error: unknown): Outcome => ({ kind: "unknown", reason: reasonOf(error) }))
      .then((outcome) => {
        this.#requests -= 1;
        take(outcome);
      });
  }

  #onSubmitted(order: TrackedOrder, outcome: Outcome): void {
    const { tracker } = this;
    const now = this.#options.scheduler.now();
    order.isInFlight = false;
    order.sentAt = now;
    switch (outcome.kind) {
      case "acknowledged":
        if (outcome.order !== undefined) tracker.applyOrder(outcome.order);
        else if (outcome.orderId !== "") tracker.accept(order, outcome.orderId, now);
        for (const fill of outcome.fills ?? []) tracker.applyFill(fill);
        if (!order.isDone && !order.isAccepted) tracker.doubt(order, "the exchange has answered without naming the order", now);
        break;
      case "rejected":
        // The private stream may have told of the order already: then this answer is about something else.
        if (order.isAccepted || order.isDone) break;
        if (outcome.rejectClass === "duplicate") tracker.doubt(order, outcome.reason, now);
        else return this.#onRejected(order, outcome);
        break;
      case "unknown":
        tracker.doubt(order, outcome.reason, now);
    }
    if (order.isDone) return;
    if (order.isUnknown || !order.isAccepted) this.#pursuit.start(order);
    else if (order.cancelWanted) void this.#pursuit.cancel(order);
    // The stream should tell the rest of what fills at once; if it does not, the fills are asked for.
    else if (order.request.type === "market") this.reconciler.checkSoon(order.request.symbol);
  }

  #onRejected(order: TrackedOrder, { reason, rejectClass }: Extract<Outcome, { kind: "rejected" }>): void {
    const { scheduler } = this.#options;
    this.#settings.onRefused(rejectClass, order.request.symbol, reason);
    const end = (): void => {
      order.isInFlight = false;
      if (order.isAccepted || order.isDone) return;
      this.tracker.end(order, { kind: "rejected", reason, rejectClass, filledQuantity: 0, time: scheduler.now() });
    };
    const question = rejectClass === "grid" ? this.#rules.look() : undefined;
    // Whoever hears of the refusal should know the new rules by then; what protects a position is not kept waiting.
    if (question === undefined || order.request.parentId !== undefined) return end();
    order.isInFlight = true;
    void question.then(end);
  }

  #gatewayListener(): GatewayListener {
    const { tracker, reconciler } = this;
    return {
      onOrder: (state) => tracker.applyOrder(state),
      onFill: (fill, state) => reconciler.onStreamFill(fill, state),
      onBalances: () => reconciler.onAccountChanged(),
      onPosition: () => reconciler.onAccountChanged(),
      onTransfer: (transfer) => tracker.applyTransfer(transfer),
      onStream: (isConnected, reason) => reconciler.onStream(isConnected, reason),
    };
  }
}
