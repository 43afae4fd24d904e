import type { Instrument } from "../../../src/domain/instrument.ts";
import type { OrderRequest } from "../../../src/domain/order.ts";
import type { VirtualScheduler } from "../../../src/base/scheduler.ts";
import type { Balance } from "../../../src/domain/account.ts";
import type { GatewayListener } from "../../../src/engine/gateway.ts";
import type { VenueFill, VenueOrder, VenuePosition, VenueTransfer } from "../../../src/engine/venue-facts.ts";
import type { Socket, SocketHandlers, SocketTransport } from "../../../src/exchanges/transport/socket.ts";
import type { HttpRequest, HttpResponse, HttpTransport } from "../../../src/exchanges/transport/http.ts";

/** What the tests of this folder share: three instruments, an order, a network in memory. */
export const SPOT_BTC: Instrument = {
  kind: "spot",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.00001",
};

export const LINEAR_BTC: Instrument = {
  ...SPOT_BTC,
  kind: "perpetual",
  contractType: "linear",
  contractSize: "1",
  priceStep: "0.10",
  quantityStep: "0.001",
};

export const INVERSE_BTC: Instrument = {
  ...LINEAR_BTC,
  symbol: "BTCUSD_PERP",
  quoteAsset: "USD",
  settleAsset: "BTC",
  contractType: "inverse",
  contractSize: "100",
  quantityStep: "1",
};

export function orderFor(instrument: Instrument, changes: Partial<OrderRequest>): OrderRequest {
  return {
    clientOrderId: "me-1",
    symbol: instrument.symbol,
    side: "buy",
    type: "market",
    quantity: 1,
    timeInForce: "GTC",
    reduceOnly: false,
    postOnly: false,
    positionSide: "net",
    purpose: "entry",
    shrinkToFit: false,
    ...changes,
  };
}

/** A request as the other side reads it: parameters of the query, by name. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly raw: HttpRequest;
}

export function readRequest(raw: HttpRequest): SeenRequest {
  const url = new URL(raw.url);
  return { method: raw.method, path: url.pathname, parameters: Object.fromEntries(url.searchParams), raw };
}

/** A network that ends at a function; what was sent is kept. */
export class MemoryHttp implements HttpTransport {
  readonly seen: SeenRequest[] = [];
  readonly #answer: (request: SeenRequest) => Partial<HttpResponse> | Promise<Partial<HttpResponse>>;

  constructor(answer: (request: SeenRequest) => Partial<HttpResponse> | Promise<Partial<HttpResponse>>) {
    this.#answer = answer;
  }

  async send(raw: HttpRequest): Promise<HttpResponse> {
    const request = readRequest(raw);
    this.seen.push(request);
    return { status: 200, headers: {}, body: "{}", ...(await this.#answer(request)) };
  }

  /** Requests to a path, the clock's questions left out. */
  to(path: string): readonly SeenRequest[] {
    return this.seen.filter((request) => request.path === path);
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** A socket whose other side is the test. */
export class MemorySocket implements Socket {
  readonly url: string;
  readonly sent: string[] = [];
  readonly bufferedBytes = 0;
  isClosed = false;
  readonly #handlers: SocketHandlers;

  constructor(url: string, handlers: SocketHandlers) {
    this.url = url;
    this.#handlers = handlers;
  }

  accept(): void {
    this.#handlers.onOpen();
  }

  say(message: unknown): void {
    this.#handlers.onMessage(new TextEncoder().encode(typeof message === "string" ? message : JSON.stringify(message)));
  }

  end(code = 1006, reason = "gone"): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#handlers.onClose(code, reason);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(code?: number, reason?: string): void {
    this.end(code, reason);
  }

  terminate(): void {
    this.end(1006, "terminated");
  }
}

export class MemorySockets implements SocketTransport {
  readonly opened: MemorySocket[] = [];

  open(url: string, handlers: SocketHandlers): Socket {
    const socket = new MemorySocket(url, handlers);
    this.opened.push(socket);
    return socket;
  }

  get last(): MemorySocket {
    const socket = this.opened.at(-1);
    if (socket === undefined) throw new Error("no socket was opened");
    return socket;
  }
}

/** Keeps what a gateway reports, in order. */
export class Heard implements GatewayListener {
  readonly orders: VenueOrder[] = [];
  readonly fills: VenueFill[] = [];
  readonly balances: Balance[] = [];
  readonly positions: VenuePosition[] = [];
  readonly transfers: VenueTransfer[] = [];
  readonly stream: boolean[] = [];

  onOrder(order: VenueOrder): void {
    this.orders.push(order);
  }

  onFill(fill: VenueFill, order?: VenueOrder): void {
    this.fills.push(fill);
    if (order !== undefined) this.orders.push(order);
  }

  onBalances(balances: readonly Balance[]): void {
    this.balances.push(...balances);
  }

  onPosition(position: VenuePosition): void {
    this.positions.push(position);
  }

  onTransfer(transfer: VenueTransfer): void {
    this.transfers.push(transfer);
  }

  onStream(isConnected: boolean): void {
    this.stream.push(isConnected);
  }
}

/** Lets promises that need no time run on. */
export async function breathe(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

/** Lets this much time pass, and everything happen that is due in it. */
export async function pass(scheduler: VirtualScheduler, durationMs: number): Promise<void> {
  const end = scheduler.now() + durationMs;
  await breathe();
  while (scheduler.nextDue <= end) {
    scheduler.step();
    await breathe();
  }
  scheduler.advanceTo(end);
}
