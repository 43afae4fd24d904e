import type { Instrument } from "../../../src/domain/instrument.ts";
import type { OrderRequest } from "../../../src/domain/order.ts";
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
