import { NotSupportedError } from "../../../base/errors.ts";
import { silentLogger, type Logger } from "../../../base/logger.ts";
import type { Random } from "../../../base/random.ts";
import type { Scheduler } from "../../../base/scheduler.ts";
import type { Balance } from "../../../domain/account.ts";
import type { Instrument } from "../../../domain/instrument.ts";
import type { OrderRequest } from "../../../domain/order.ts";
import type { ExchangeCapabilities, OrderAmendment } from "../../../engine/exchange.ts";
import type {
  AccountRules,
  ArrivalRule,
  Gateway,
  GatewayListener,
  Lookup,
  OrderReference,
  Outcome,
  SymbolRules,
} from "../../../engine/gateway.ts";
import type { VenueFill, VenueOrder, VenuePosition, VenueTransfer } from "../../../engine/venue-facts.ts";
import type { HttpTransport } from "../../transport/http.ts";
import type { Priority, RateLimiter } from "../../transport/rate-limiter.ts";
import type { SocketTransport } from "../../transport/socket.ts";
import type { BinanceMarket, Endpoints } from "../endpoints.ts";
import { createBinanceLimiter } from "../rate-limits.ts";
import { BinanceAccount } from "./account.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { BinanceClient } from "./client.ts";
import type { Credentials } from "./credentials.ts";
import { History } from "./history.ts";
import { OrderLookups } from "./lookups.ts";
import { OrderNames } from "./order-names.ts";
import { outcomeOf, type OrderAnswer } from "./outcome.ts";
import { groupOutcomes } from "./group-outcomes.ts";
import type { BinanceRequest, Refusal } from "./requests/binance-request.ts";
import { futuresAmendment, futuresOrder } from "./requests/futures-orders.ts";
import { cancelRequest } from "./requests/order-requests.ts";
import { spotOrder, spotOrderList } from "./requests/spot-orders.ts";
import { openPrivateStream, type PrivateStream } from "./user-stream/private-stream.ts";

export interface BinanceGatewayOptions {
  readonly market: BinanceMarket;
  /** The symbols that orders may be for. */
  readonly instruments: readonly Instrument[];
  readonly credentials: Credentials;
  readonly endpoints: Endpoints;
  readonly http: HttpTransport;
  readonly sockets: SocketTransport;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** How long an answer is waited for, milliseconds. @default 5000 */
  readonly clientTimeoutMs?: number;
  /** How long after its date Binance may still accept a request, milliseconds. @default 3000 */
  readonly recvWindowMs?: number;
  /** Whose keys these are, for the label. */
  readonly subaccount?: string | undefined;
  /** Shared with whoever else asks Binance from this address; it is theirs to dispose of. @default one of its own */
  readonly limiter?: RateLimiter;
  readonly log?: Logger;
}

/** The engine of Binance may work on a request for ten seconds (binance-spot-api-docs, `rest-api.md`, "General API Information"). */
const ENGINE_TIMEOUT_MS = 10_000;
/** A date may lie a second ahead of Binance's clock; two more for ours. */
const ARRIVAL_MARGIN_MS = 3_000;
/** How long orders that ended without a fill are known: 90 days on spot (-2026), 3 days on futures ("Query Order"). */
const MEMORY_MS = { spot: 90 * 86_400_000, linear: 3 * 86_400_000, inverse: 3 * 86_400_000 } as const;
/** An order that cannot leave within this is not sent at all. */
const ORDER_WAIT_MS_MAX = 2_000;

/** One market of one account at Binance. */
export function createBinanceGateway(options: BinanceGatewayOptions): Gateway {
  return new BinanceGateway(options);
}

class BinanceGateway implements Gateway {
  readonly name: string;
  readonly capabilities: ExchangeCapabilities;
  readonly arrival: ArrivalRule;
  readonly #options: BinanceGatewayOptions;
  readonly #log: Logger;
  readonly #instruments: ReadonlyMap<string, Instrument>;
  readonly #recvWindowMs: number;
  readonly #limiter: RateLimiter;
  readonly #client: BinanceClient;
  readonly #names = new OrderNames();
  readonly #account: BinanceAccount;
  readonly #lookups: OrderLookups;
  readonly #history: History;
  #stream: PrivateStream | undefined;

  constructor(options: BinanceGatewayOptions) {
    const { market, endpoints, scheduler, http, credentials, subaccount } = options;
    this.#options = options;
    this.#log = options.log ?? silentLogger;
    this.#recvWindowMs = options.recvWindowMs ?? 3_000;
    this.name = "binance";
    this.capabilities = capabilitiesOf(market);
    this.arrival = { boundMs: this.#recvWindowMs + ENGINE_TIMEOUT_MS + ARRIVAL_MARGIN_MS, memoryMs: MEMORY_MS[market] };
    this.#instruments = new Map(options.instruments.map((instrument) => [instrument.symbol, instrument]));
    this.#limiter = options.limiter ?? createBinanceLimiter({ market, scheduler });
    this.#client = new BinanceClient({
      endpoints,
      http,
      scheduler,
      credentials,
      limiter: this.#limiter,
      timeoutMs: options.clientTimeoutMs ?? 5_000,
      recvWindowMs: this.#recvWindowMs,
    });
    this.#account = new BinanceAccount(this.#client, endpoints, subaccount);
    this.#lookups = new OrderLookups(this.#client, market, this.#names);
    this.#history = new History(this.#client, market, this.#names);
  }

  now(): number {
    return this.#client.clock.now();
  }

  connect(listener: GatewayListener): void {
    const { endpoints, credentials, sockets, scheduler, random } = this.#options;
    this.#stream = openPrivateStream({
      endpoints,
      credentials,
      sockets,
      scheduler,
      random,
      listener,
      client: this.#client,
      names: this.#names,
      recvWindowMs: this.#recvWindowMs,
      log: this.#log,
      askBalances: () => this.balances(),
      askTransfers: (since) => this.transfersSince(since),
    });
  }

  reconnect(reason: string): void {
    this.#stream?.restart(reason);
  }

  accountRules(): Promise<AccountRules> {
    return this.#account.rules();
  }

  symbolRules(symbol: string): Promise<SymbolRules | undefined> {
    return this.#account.symbolRules(symbol);
  }

  setLeverage(symbol: string, leverage: number): Promise<void> {
    return this.#account.setLeverage(symbol, leverage);
  }

  setMarginMode(symbol: string, mode: "isolated" | "cross"): Promise<void> {
    return this.#account.setMarginMode(symbol, mode);
  }

  setPositionMode(mode: "hedge" | "oneWay"): Promise<void> {
    return this.#account.setPositionMode(mode);
  }

  async submit(request: OrderRequest): Promise<Outcome> {
    const { market } = this.#options;
    const instrument = this.#instruments.get(request.symbol);
    if (instrument === undefined) return notMade(`${request.symbol} is not among the symbols of this run`);
    const made = market === "spot" ? spotOrder(request, instrument) : futuresOrder(market, request, instrument);
    const isExit = request.reduceOnly || request.purpose !== "entry";
    return this.#change("submit", made, isExit ? "exit" : "normal");
  }

  /** Two orders of spot go as one list; futures link nothing, so each goes for itself and whoever sent them cancels the sibling. */
  async submitGroup(requests: readonly OrderRequest[]): Promise<readonly Outcome[]> {
    const [first] = requests;
    const instrument = first === undefined ? undefined : this.#instruments.get(first.symbol);
    if (this.#options.market !== "spot" || requests.length < 2 || instrument === undefined) {
      return Promise.all(requests.map((request) => this.submit(request)));
    }
    const made = spotOrderList(requests, instrument);
    if ("refusal" in made) return requests.map(() => notMade(made.refusal));
    return groupOutcomes(requests, await this.#send(made, "exit"), this.#names);
  }

  async amend(order: OrderReference, amendment: OrderAmendment, request: OrderRequest): Promise<Outcome> {
    const { market } = this.#options;
    const instrument = this.#instruments.get(order.symbol);
    if (instrument === undefined) return notMade(`${order.symbol} is not among the symbols of this run`);
    if (market === "spot") return notMade("Binance spot changes no order; cancel it and place another");
    return this.#change("amend", futuresAmendment(market, order, amendment, request, instrument), request.reduceOnly ? "exit" : "normal");
  }

  cancel(order: OrderReference): Promise<Outcome> {
    const actualOrderId = this.#names.actualOf(order.clientOrderId);
    return this.#change("cancel", cancelRequest(this.#options.market, order, actualOrderId), "cancel");
  }

  findOrder(order: OrderReference): Promise<Lookup> {
    return this.#lookups.findOrder(order);
  }

  openOrders(symbol: string): Promise<readonly VenueOrder[]> {
    return this.#lookups.openOrders(symbol);
  }

  fillsSince(symbol: string, time: number): Promise<readonly VenueFill[]> {
    return this.#history.fillsSince(symbol, time);
  }

  positions(symbols: readonly string[]): Promise<readonly VenuePosition[]> {
    return this.#account.positions(symbols);
  }

  balances(): Promise<readonly Balance[]> {
    return this.#account.balances();
  }

  transfersSince(time: number): Promise<readonly VenueTransfer[]> {
    return this.#history.transfersSince(time);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stream?.[Symbol.dispose]();
    this.#stream = undefined;
    if (this.#options.limiter === undefined) this.#limiter[Symbol.dispose]();
  }

  async #change(kind: OrderAnswer["kind"], made: BinanceRequest | Refusal, priority: Priority): Promise<Outcome> {
    if ("refusal" in made) return notMade(made.refusal);
    const outcome = outcomeOf({ market: this.#options.market, kind, answer: await this.#send(made, priority) });
    if (outcome.kind === "acknowledged" && outcome.order !== undefined) this.#names.remember(outcome.order);
    return this.#named(outcome);
  }

  /** The regular order that a conditional one has become answers under another name. */
  #named(outcome: Outcome): Outcome {
    if (outcome.kind !== "acknowledged" || outcome.order === undefined) return outcome;
    return { ...outcome, order: this.#names.nameOrder(outcome.order) };
  }

  /** Sent once, whatever happens. */
  async #send(request: BinanceRequest, priority: Priority): Promise<OrderAnswer["answer"]> {
    try {
      return await this.#client.send(request, { priority, waitMs: ORDER_WAIT_MS_MAX });
    } catch (error) {
      return { error };
    }
  }
}

/** What Binance cannot take is refused before it is sent. */
function notMade(reason: string): Outcome {
  return { kind: "rejected", rejectClass: "other", code: new NotSupportedError().code, reason };
}
