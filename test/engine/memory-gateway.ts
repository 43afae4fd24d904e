import { NetworkError } from "../../src/base/errors.ts";
import { wait, type Scheduler } from "../../src/base/scheduler.ts";
import type { Balance } from "../../src/domain/account.ts";
import type { OrderRequest } from "../../src/domain/order.ts";
import type { ExchangeCapabilities, OrderAmendment } from "../../src/engine/exchange.ts";
import type { AccountRules, Gateway, GatewayListener, Lookup, OrderReference, Outcome, SymbolRules } from "../../src/engine/gateway.ts";
import type { RejectClass, VenueFill, VenueOrder, VenuePosition, VenueTransfer } from "../../src/engine/venue-facts.ts";
import { capabilitiesOf } from "../../src/exchanges/binance/trading/capabilities.ts";
import type {
  Venue,
  VenueEvent,
  VenueOrderId,
  VenueOrderRecord,
  VenueOrderRequest,
  VenueRefusal,
  VenueResult,
} from "../../src/sandbox/venue.ts";

/** One way between client and venue, and how long a client waits for an answer, milliseconds. */
const WAY_MS = 20;
const TIMEOUT_MS = 2_000;

/** Requests that can go wrong. */
export type Call =
  | "submit"
  | "submitGroup"
  | "amend"
  | "cancel"
  | "findOrder"
  | "openOrders"
  | "fillsSince"
  | "positions"
  | "balances"
  | "transfersSince";

/** What goes wrong with one request. */
export type Fault =
  /** It never arrives. */
  | { readonly kind: "dropRequest" }
  /** It arrives, and nobody is told. */
  | { readonly kind: "dropResponse" }
  /** It arrives so much later; an answer after the client has given up is not heard. */
  | { readonly kind: "delay"; readonly ms: number }
  /** It is answered like this; `isDone`: the venue has done it all the same. */
  | { readonly kind: "reply"; readonly value: unknown; readonly isDone?: boolean };

/** An account at a venue over a line that a test can cut, delay, double and shuffle. Each request is noted once it leaves. */
export class MemoryGateway implements Gateway {
  readonly name = "binance";
  readonly capabilities: ExchangeCapabilities;
  readonly arrival = { boundMs: 16_000, memoryMs: 3 * 86_400_000 };
  /** "submit me-1", in the order in which they left. */
  readonly sent: string[] = [];
  /** Calls that fail until they are taken out. */
  readonly down = new Set<Call>();
  readonly #venue: Venue;
  readonly #scheduler: Scheduler;
  readonly #faults = new Map<Call, Fault[]>();
  #listener: GatewayListener | undefined;
  #isUp = false;
  #held: (() => void)[] | undefined;
  #stop: (() => void) | undefined;
  /** Whether the stream stays silent while it is up. */
  isStalled = false;
  /** How often each message of the stream comes. */
  copies = 1;

  constructor(venue: Venue, scheduler: Scheduler, capabilities: Partial<ExchangeCapabilities> = {}) {
    this.#venue = venue;
    this.#scheduler = scheduler;
    this.capabilities = { ...capabilitiesOf(venue.market), ...capabilities };
  }

  /** The next requests of a kind go wrong, one after the other. */
  fault(call: Call, ...faults: readonly Fault[]): void {
    this.#faults.set(call, [...(this.#faults.get(call) ?? []), ...faults]);
  }

  /** Nothing goes wrong any more. */
  clearFaults(): void {
    this.#faults.clear();
    this.down.clear();
  }

  /** How often a request of a kind has left. */
  count(call: Call): number {
    return this.sent.filter((line) => line.startsWith(`${call} `)).length;
  }

  now(): number {
    return this.#scheduler.now();
  }

  connect(listener: GatewayListener): void {
    this.#listener = listener;
    this.#stop = this.#venue.listen((event) => this.#onEvent(event));
    this.streamUp();
  }

  streamUp(): void {
    this.#isUp = true;
    this.#scheduler.after(WAY_MS, () => {
      if (this.#isUp) this.#listener?.onStream(true, "");
    });
  }

  streamDown(): void {
    this.#isUp = false;
    this.#listener?.onStream(false, "the connection was closed");
  }

  /** Keeps what the stream says back until `release`, which hands it out in the order that `arrange` gives it. */
  hold(): void {
    this.#held = [];
  }

  release(arrange: <T>(messages: readonly T[]) => readonly T[] = (messages) => messages): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const tell of arrange(held)) tell();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop?.();
    this.#isUp = false;
  }

  async accountRules(): Promise<AccountRules> {
    return { label: "test", canTrade: true, canWithdraw: false };
  }

  async symbolRules(): Promise<SymbolRules | undefined> {
    return undefined;
  }

  async setLeverage(): Promise<void> {}

  async setMarginMode(): Promise<void> {}

  async setPositionMode(): Promise<void> {}

  submit(request: OrderRequest): Promise<Outcome> {
    return this.#ask("submit", request.clientOrderId, () => outcomeOf(this.#venue.submit(this.#toVenue(request))));
  }

  async submitGroup(requests: readonly OrderRequest[]): Promise<readonly Outcome[]> {
    const ids = requests.map(({ clientOrderId }) => clientOrderId).join("+");
    return this.#ask("submitGroup", ids, () => {
      const result = this.#venue.submitGroup(requests.map((request) => this.#toVenue(request)));
      return requests.map((_request, index) =>
        outcomeOf(result.ok ? { ok: true, value: result.value[index] as VenueOrderRecord } : result),
      );
    }).catch((error: unknown) => {
      throw error;
    });
  }

  amend(order: OrderReference, amendment: OrderAmendment): Promise<Outcome> {
    const { quantity, price, triggerPrice } = amendment;
    const change = Object.fromEntries(Object.entries({ quantity, price, triggerPrice }).filter(([, value]) => value !== undefined));
    return this.#ask("amend", order.clientOrderId, () => outcomeOf(this.#venue.amend(order.symbol, idOf(order), change)));
  }

  cancel(order: OrderReference): Promise<Outcome> {
    return this.#ask("cancel", order.clientOrderId, () => outcomeOf(this.#venue.cancel(order.symbol, idOf(order))));
  }

  findOrder(order: OrderReference): Promise<Lookup> {
    return this.#ask("findOrder", order.clientOrderId, (): Lookup => {
      const found = this.#venue.order(order.symbol, idOf(order));
      return found === undefined ? { kind: "absent", reason: "Order does not exist." } : { kind: "found", order: toOrder(found) };
    });
  }

  openOrders(symbol: string): Promise<readonly VenueOrder[]> {
    return this.#ask("openOrders", symbol, () => this.#venue.openOrders(symbol).map(toOrder));
  }

  /** As the history of Binance, which does not tell the client's name of the order. */
  fillsSince(symbol: string, time: number): Promise<readonly VenueFill[]> {
    return this.#ask("fillsSince", symbol, () =>
      this.#venue
        .fills(symbol)
        .filter((fill) => fill.time >= time)
        .map((fill) => ({ ...fill, clientOrderId: "" })),
    );
  }

  positions(symbols: readonly string[]): Promise<readonly VenuePosition[]> {
    return this.#ask("positions", symbols.join("+"), () => this.#venue.positions().filter(({ symbol }) => symbols.includes(symbol)));
  }

  balances(): Promise<readonly Balance[]> {
    return this.#ask("balances", "", () => this.#venue.balances());
  }

  transfersSince(time: number): Promise<readonly VenueTransfer[]> {
    return this.#ask("transfersSince", "", () => this.#venue.transfers().filter((transfer) => transfer.time >= time));
  }

  /** Sends a request over the line. Orders whose answer is lost are unknown; questions fail. */
  async #ask<T>(call: Call, what: string, act: () => T): Promise<T> {
    this.sent.push(`${call} ${what}`);
    const fault = this.#faults.get(call)?.shift();
    if (this.down.has(call)) {
      await wait(this.#scheduler, WAY_MS);
      return this.#lost(call);
    }
    const delayMs = fault?.kind === "delay" ? fault.ms : 0;
    const answer = new Promise<T>((resolve) => {
      if (fault?.kind === "dropRequest") return;
      this.#scheduler.after(WAY_MS + delayMs, () => {
        const isDone = fault?.kind !== "reply" || fault.isDone === true;
        const value = isDone ? act() : undefined;
        if (fault?.kind === "dropResponse") return;
        this.#scheduler.after(WAY_MS, () => resolve(fault?.kind === "reply" ? (fault.value as T) : (value as T)));
      });
    });
    const isLost = wait(this.#scheduler, TIMEOUT_MS).then(() => true);
    const first = await Promise.race([answer.then((value) => ({ value })), isLost]);
    return first === true ? this.#lost(call) : (first as { readonly value: T }).value;
  }

  #lost<T>(call: Call): T {
    if (call === "submit" || call === "cancel" || call === "amend") return { kind: "unknown", reason: "no answer came in time" } as T;
    throw new NetworkError(`${call}: no answer came in time`);
  }

  #onEvent(event: VenueEvent): void {
    const tell = this.#telling(event);
    if (tell === undefined || !this.#isUp || this.isStalled) return;
    for (let copy = 0; copy < this.copies; copy += 1) {
      if (this.#held !== undefined) this.#held.push(tell);
      else
        this.#scheduler.after(WAY_MS, () => {
          if (this.#isUp) tell();
        });
    }
  }

  #telling(event: VenueEvent): (() => void) | undefined {
    const listener = this.#listener;
    switch (event.kind) {
      case "order":
        return () => listener?.onOrder(toOrder(event.order));
      case "fill":
        return () => listener?.onFill(event.fill, event.order === undefined ? undefined : toOrder(event.order));
      case "account":
        return () => {
          listener?.onBalances(event.balances, event.time);
          for (const position of event.positions) listener?.onPosition(position, event.time);
          if (event.transfer !== undefined) listener?.onTransfer(event.transfer);
        };
      default:
        return undefined;
    }
  }

  #toVenue(request: OrderRequest): VenueOrderRequest {
    const { clientOrderId, symbol, side, type, quantity, price, triggerPrice, trailingPct, activationPrice, timeInForce } = request;
    const { expiresAt, reduceOnly, postOnly, positionSide, ocoGroup } = request;
    const isSpot = this.#venue.market === "spot";
    const flags = { postOnly, positionSide, reduceOnly: isSpot || positionSide !== "net" ? undefined : reduceOnly };
    const prices = { price, triggerPrice, trailingPct, activationPrice };
    return {
      clientOrderId,
      symbol,
      side,
      type,
      quantity,
      ...prices,
      timeInForce,
      expiresAt,
      ...flags,
      ocoGroup: isSpot ? ocoGroup : undefined,
    };
  }
}

function idOf({ orderId, clientOrderId }: OrderReference): VenueOrderId {
  return orderId === "" ? { clientOrderId } : { orderId };
}

/** The venue's record as an adapter would hand it over. */
function toOrder(record: VenueOrderRecord): VenueOrder {
  const { clientOrderId, orderId, symbol, side, positionSide, type, quantity, price, triggerPrice, timeInForce } = record;
  const { reduceOnly, status, filledQuantity, averagePrice, updatedAt, reason } = record;
  const what = { clientOrderId, orderId, symbol, side, positionSide, type, quantity, price, triggerPrice, timeInForce };
  return { ...what, reduceOnly, status, filledQuantity, averagePrice, updatedAt, reason };
}

function outcomeOf(result: VenueResult<VenueOrderRecord>): Outcome {
  if (result.ok) return { kind: "acknowledged", orderId: result.value.orderId, order: toOrder(result.value) };
  return { kind: "rejected", rejectClass: CLASSES[result.refusal], code: result.refusal, reason: result.text };
}

const CLASSES: Readonly<Record<VenueRefusal, RejectClass>> = {
  unknownSymbol: "other",
  notTrading: "busy",
  quantity: "grid",
  quantityStep: "grid",
  notional: "grid",
  priceStep: "grid",
  priceBand: "price",
  funds: "funds",
  reduceOnly: "reduceOnly",
  postOnly: "price",
  wouldTrigger: "wouldTrigger",
  positionSide: "positionMode",
  duplicateId: "duplicate",
  unknownOrder: "gone",
  orderLimit: "other",
  liquidating: "liquidation",
  parameter: "other",
};
