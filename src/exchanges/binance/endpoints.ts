import { ConfigurationError } from "../../base/errors.ts";

/** The three markets of Binance that are traded here: spot, USDⓈ-M futures, COIN-M futures. */
export type BinanceMarket = "spot" | "linear" | "inverse";

/** Where one market is reached. No address ends in a slash. */
export interface Endpoints {
  readonly market: BinanceMarket;
  /** REST base of the market; paths keep their prefix: `/api/v3/…`, `/fapi/v1/…`, `/dapi/v1/…`. */
  readonly rest: string;
  /** REST base of the account-wide `/sapi/v1/…` paths; undefined on the test networks, which have none. */
  readonly wallet: string | undefined;
  /** Base of the streams; `/ws/<name>` or `/stream?streams=<name>/<name>` is appended. */
  readonly streams: StreamBases;
  /** The WebSocket API, complete. */
  readonly wsApi: string;
  /** Real money moves here. */
  readonly isLive: boolean;
}

/**
 * Streams by the kind of traffic. USDⓈ-M futures split them in March 2026 and retired the common address on 23 April 2026: a stream asked
 * for at the wrong one connects and stays silent. Spot and COIN-M have one address for all.
 */
export interface StreamBases {
  /** Book streams: `@depth`, `@bookTicker`, `@trade`. */
  readonly public: string;
  /** Everything else that is public: `@aggTrade`, `@kline_…`, `@markPrice`. */
  readonly market: string;
  /** The user's own events. */
  readonly private: string;
}

export interface EndpointOptions {
  readonly market: BinanceMarket;
  readonly testnet?: boolean;
  /** Another host for everything, such as `http://127.0.0.1:8899` of `metaexpert sandbox`. */
  readonly baseUrl?: string;
}

/**
 * The addresses of a market.
 *
 * Hosts: binance/binance-connector-js `common/src/constants.ts` at a9de9a99 (24 July 2026); binance/binance-spot-api-docs `rest-api.md`,
 * `web-socket-streams.md`, `testnet/general-info.md` at a5e0bc3d (21 July 2026). Split of the USDⓈ-M streams: developers.binance.com,
 * usds-margined-futures, "Important WebSocket Change Notice" (announced 6 March 2026); `@trade`, which that page does not list, is
 * served with the book streams (ccxt 4.5.84, `getFutureWsCategory`).
 */
export function endpointsOf({ market, testnet = false, baseUrl }: EndpointOptions): Endpoints {
  if (baseUrl !== undefined) return customEndpoints(market, baseUrl);
  return testnet ? TESTNET[market] : LIVE[market];
}

/** Kinds of stream that USDⓈ-M futures serve at their public address. */
const PUBLIC_STREAM = /@(depth|rpiDepth|bookTicker|trade$)/;

/** Where a stream, such as `btcusdt@aggTrade`, is served. */
export function streamBaseOf({ streams }: Endpoints, stream: string): string {
  return PUBLIC_STREAM.test(stream) ? streams.public : streams.market;
}

const LIVE: Readonly<Record<BinanceMarket, Endpoints>> = {
  spot: {
    market: "spot",
    rest: "https://api.binance.com",
    wallet: "https://api.binance.com",
    streams: oneAddress("wss://stream.binance.com:9443"),
    wsApi: "wss://ws-api.binance.com:443/ws-api/v3",
    isLive: true,
  },
  linear: {
    market: "linear",
    rest: "https://fapi.binance.com",
    wallet: "https://api.binance.com",
    streams: threeAddresses("wss://fstream.binance.com"),
    wsApi: "wss://ws-fapi.binance.com/ws-fapi/v1",
    isLive: true,
  },
  inverse: {
    market: "inverse",
    rest: "https://dapi.binance.com",
    wallet: "https://api.binance.com",
    streams: oneAddress("wss://dstream.binance.com"),
    wsApi: "wss://ws-dapi.binance.com/ws-dapi/v1",
    isLive: true,
  },
};

const TESTNET: Readonly<Record<BinanceMarket, Endpoints>> = {
  spot: {
    market: "spot",
    rest: "https://testnet.binance.vision",
    wallet: undefined,
    streams: oneAddress("wss://stream.testnet.binance.vision"),
    wsApi: "wss://ws-api.testnet.binance.vision/ws-api/v3",
    isLive: false,
  },
  linear: {
    market: "linear",
    rest: "https://testnet.binancefuture.com",
    wallet: undefined,
    streams: threeAddresses("wss://fstream.binancefuture.com"),
    wsApi: "wss://testnet.binancefuture.com/ws-fapi/v1",
    isLive: false,
  },
  inverse: {
    market: "inverse",
    rest: "https://testnet.binancefuture.com",
    wallet: undefined,
    streams: oneAddress("wss://dstream.binancefuture.com"),
    wsApi: "wss://testnet.binancefuture.com/ws-dapi/v1",
    isLive: false,
  },
};

/** Under one host of the user's choice every market has a folder of its own for what has no prefix at Binance. */
const CUSTOM_FOLDER: Readonly<Record<BinanceMarket, { readonly folder: string; readonly wsApi: string }>> = {
  spot: { folder: "/spot", wsApi: "/ws-api/v3" },
  linear: { folder: "/usdm", wsApi: "/ws-fapi/v1" },
  inverse: { folder: "/coinm", wsApi: "/ws-dapi/v1" },
};

function customEndpoints(market: BinanceMarket, baseUrl: string): Endpoints {
  const rest = checkedBase(baseUrl);
  const sockets = rest.replace(/^http/, "ws");
  const { folder, wsApi } = CUSTOM_FOLDER[market];
  return {
    market,
    rest,
    wallet: rest,
    streams: oneAddress(sockets + folder),
    wsApi: sockets + folder + wsApi,
    isLive: false,
  };
}

function checkedBase(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url !== undefined && (url.username !== "" || url.password !== "")) {
    throw new ConfigurationError("baseUrl carries a user name or password; give the address alone");
  }
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") {
    throw new ConfigurationError(`baseUrl "${baseUrl}" is not an address such as http://127.0.0.1:8899`);
  }
  return url.href.replace(/\/+$/, "");
}

function oneAddress(base: string): StreamBases {
  return { public: base, market: base, private: base };
}

function threeAddresses(base: string): StreamBases {
  return { public: `${base}/public`, market: `${base}/market`, private: `${base}/private` };
}
