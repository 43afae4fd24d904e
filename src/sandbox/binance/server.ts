import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { Scheduler } from "../../base/scheduler.ts";
import type { ServerOperator } from "../acts.ts";
import type { Venue, VenueEvent } from "../venue.ts";
import type { VenueConnection, VenueRequest, VenueResponse, VenueServer, VenueSession } from "../venue-server.ts";
import { Accounts, messagePayload, restPayload, type ApiAccount } from "./accounts.ts";
import { ApiSession, type ApiSource } from "./api-session.ts";
import { leverageUpdate } from "./futures-events.ts";
import { FUTURES_RULE, SPOT_RULE, type HeartbeatRule } from "./heartbeat.ts";
import { writeJson, type Json, type JsonObject } from "./json.ts";
import { DEFAULT_LIMITS, RateLimits, type Limits, type Pool } from "./limits.ts";
import { ListenKeys } from "./listen-keys.ts";
import { Market } from "./market.ts";
import { MarketStreams } from "./market-streams.ts";
import { Parameters } from "./parameters.ts";
import { Refusal } from "./refusals.ts";
import { routesOf } from "./route-tables.ts";
import { placeOf, type Route } from "./routes.ts";
import { StreamSession, type StreamSource } from "./stream-session.ts";
import { readSocketPath, type SocketPath } from "./stream-paths.ts";
import { UserData } from "./user-data.ts";

export interface BinanceServerOptions {
  /** The markets that are served; requests for another are answered with 404. */
  readonly venues: { readonly spot?: Venue; readonly linear?: Venue; readonly inverse?: Venue };
  readonly scheduler: Scheduler;
  /** Draws names and listen keys. */
  readonly random: Random;
  readonly accounts: readonly ApiAccount[];
  readonly limits?: Partial<Limits>;
}

/** Binance with a door for its operator: what the network sees, and what only faults do. */
export interface BinanceServer extends VenueServer {
  readonly operator: ServerOperator;
  /** Stops listening to the venues and ends all connections. */
  close(): void;
}

/** Binance's REST API, WebSocket streams and WebSocket API over up to three venues, as its documentation describes them. */
export function createBinanceServer(options: BinanceServerOptions): BinanceServer {
  return new Server(options);
}

interface Connected {
  readonly session: StreamSession | ApiSession;
  close(code: number, reason: string): void;
}

interface ServedMarket extends StreamSource {
  readonly pool: Pool;
}

class Server implements BinanceServer {
  readonly #scheduler: Scheduler;
  readonly #clock: AdjustableClock;
  readonly #accounts: Accounts;
  readonly #limits: RateLimits;
  readonly #markets = new Map<Venue["market"], ServedMarket>();
  readonly #connections = new Set<Connected>();
  readonly #stops: (() => void)[] = [];
  readonly operator: ServerOperator;

  constructor({ venues, scheduler, random, accounts, limits }: BinanceServerOptions) {
    this.#scheduler = scheduler;
    this.#clock = new AdjustableClock(scheduler);
    this.#accounts = new Accounts(accounts);
    this.#limits = new RateLimits({ ...DEFAULT_LIMITS, ...limits }, scheduler);
    for (const venue of [venues.spot, venues.linear, venues.inverse]) {
      if (venue !== undefined) this.#serve(venue, scheduler, random.fork(venue.market));
    }
    this.operator = this.#createOperator();
  }

  handle(request: VenueRequest): VenueResponse {
    const place = placeOf(request.path);
    const served = place === undefined ? undefined : this.#servedBy(place.pool);
    if (place === undefined || served === undefined) return notFound(request.path);
    const { pool, version, name } = place;
    const route = routesOf(pool)[`${request.method} ${name}`];
    if (route === undefined) return notFound(request.path);
    let isOrder = false;
    let answer: { readonly status: number; readonly body: Json; readonly headers: Readonly<Record<string, string>> };
    try {
      const parameters = Parameters.ofRequest(request.query, request.body);
      this.#limits.count(request.address, pool, weightOf(route, parameters));
      const check = {
        apiKey: request.headers["x-mbx-apikey"],
        address: request.address,
        payload: restPayload(request.query, request.body),
      };
      const account = this.#authorize(route, parameters, check);
      isOrder = this.#countOrders(route, parameters, served.pool);
      const body = route.handle({
        market: served.market,
        parameters,
        account,
        limits: this.#limits,
        listenKeys: served.listenKeys,
        version,
      });
      if (request.method === "POST" && name === "leverage") this.#tellLeverage(served, parameters);
      answer = { status: 200, body, headers: {} };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer = { status: error.status, body: error.body, headers: error.headers };
    }
    const limits = this.#limits.headers(request.address, pool, isOrder);
    const headers = { "content-type": "application/json;charset=UTF-8", ...limits, ...answer.headers };
    return { status: answer.status, headers, body: writeJson(answer.body) };
  }

  open(path: string, query: string, connection: VenueConnection): VenueSession | undefined {
    const socket = readSocketPath(path, query);
    const served = socket === undefined ? undefined : this.#markets.get(socket.market);
    if (socket === undefined || served === undefined) return undefined;
    const session = this.#createSession(socket, served, {
      address: connection.address,
      send: (text) => connection.send(text),
      ping: (payload) => connection.ping(payload),
      close: (code, reason) => end(code, reason),
    });
    const connected: Connected = { session, close: (code, reason) => end(code, reason) };
    const forget = (): void => {
      this.#connections.delete(connected);
      session.onClose();
    };
    // What the server has ended is over for it, whenever the other side hears of it.
    const end = (code: number, reason: string): void => {
      forget();
      connection.close(code, reason);
    };
    this.#connections.add(connected);
    if (!this.#limits.countConnection(connection.address)) {
      // Nobody can be told of the end of what has not been handed out yet.
      this.#scheduler.after(0, () => end(1008, "Too many connection attempts"));
    }
    return { onMessage: (text) => session.onMessage(text), onPong: (payload) => session.onPong(payload), onClose: forget };
  }

  close(): void {
    for (const stop of this.#stops) stop();
    for (const { market } of this.#markets.values()) for (const cancel of market.countdowns.values()) cancel();
    this.operator.restart();
  }

  #serve(venue: Venue, scheduler: Scheduler, random: Random): void {
    const market = new Market({ venue, scheduler, clock: this.#clock, random: random.fork("names") });
    const streams = new MarketStreams(market);
    const users = new UserData(market);
    const listenKeys = new ListenKeys(scheduler, random.fork("listen keys"));
    listenKeys.onExpired = (listenKey) => {
      for (const { session } of this.#connections) if (session instanceof StreamSession) session.onListenKeyExpired(listenKey);
    };
    const rule: HeartbeatRule = market.isSpot ? SPOT_RULE : FUTURES_RULE;
    this.#markets.set(venue.market, { market, streams, users, listenKeys, rule, pool: market.pool });
    const onEvent = (event: VenueEvent): void => {
      users.onEvent(event);
      streams.onEvent(event);
    };
    this.#stops.push(venue.listen(onEvent));
  }

  #servedBy(pool: Pool): ServedMarket | undefined {
    if (pool !== "sapi") return this.#markets.get(pool === "api" ? "spot" : pool === "fapi" ? "linear" : "inverse");
    const [first] = this.#markets.values();
    return this.#markets.get("spot") ?? first;
  }

  #authorize(
    route: Route,
    parameters: Parameters,
    check: { readonly apiKey: string | undefined; readonly address: string; readonly payload: string },
  ): ApiAccount | undefined {
    if (route.security === "NONE") return undefined;
    if (route.security === "API_KEY") return this.#accounts.known(check.apiKey, check.address);
    const account = this.#accounts.check({ ...check, parameters, now: this.#clock.now() });
    return allowed(route, account);
  }

  #countOrders(route: Route, parameters: Parameters, pool: Pool): boolean {
    if (route.orders === undefined) return false;
    this.#limits.countOrders(pool, typeof route.orders === "number" ? route.orders : route.orders(parameters));
    return true;
  }

  #createSession(socket: SocketPath, served: ServedMarket, connection: VenueConnection): StreamSession | ApiSession {
    if (socket.kind === "stream") return new StreamSession(served, connection, socket);
    return new ApiSession(this.#apiSource(served, connection.address), connection);
  }

  #apiSource(served: ServedMarket, address: string): ApiSource {
    const { market, users, rule, pool, listenKeys } = served;
    const check = (parameters: Parameters): { apiKey: string | undefined; address: string; payload: string } => ({
      apiKey: parameters.text("apiKey"),
      address,
      payload: messagePayload(parameters),
    });
    return {
      market,
      users,
      rule,
      execute: ({ method, endpoint, version, parameters, apiKey }) => {
        const route = routesOf(pool)[`${method} ${endpoint}`];
        if (route === undefined) throw new Refusal(-1020, "This operation is not supported.");
        this.#limits.count(address, pool, weightOf(route, parameters));
        const account =
          apiKey === undefined ? this.#authorize(route, parameters, check(parameters)) : this.#trusted(route, parameters, apiKey, address);
        const isOrder = this.#countOrders(route, parameters, pool);
        return { result: route.handle({ market, parameters, account, limits: this.#limits, listenKeys, version }), isOrder };
      },
      authenticate: (parameters) => this.#accounts.check({ ...check(parameters), parameters, now: this.#clock.now() }),
      isEd25519: (apiKey) => this.#accounts.isEd25519(apiKey),
      count: (weight) => this.#limits.count(address, pool, weight),
      rateLimits: (isOrder) => this.#limits.status(address, pool, isOrder),
    };
  }

  /** A request on a session that has logged on: no signature, the time all the same. */
  #trusted(route: Route, parameters: Parameters, apiKey: string, address: string): ApiAccount | undefined {
    if (route.security === "NONE") return undefined;
    const account = this.#accounts.known(apiKey, address);
    if (route.security !== "API_KEY") this.#accounts.checkTime(parameters, this.#clock.now());
    return allowed(route, account);
  }

  #tellLeverage({ market, users }: ServedMarket, parameters: Parameters): void {
    users.tell(leverageUpdate(market, parameters.required("symbol")));
  }

  #createOperator(): ServerOperator {
    const connections = this.#connections;
    const markets = this.#markets;
    const sessions = <T>(kind: new (...options: never[]) => T): T[] =>
      [...connections].map(({ session }) => session as unknown).filter((session): session is T => session instanceof kind);
    return {
      setClock: (offsetMs, driftMsPerSecond = 0) => this.#clock.set(offsetMs, driftMsPerSecond),
      restart: () => {
        for (const { listenKeys } of this.#markets.values()) listenKeys.forget();
        for (const connected of connections) connected.close(1012, "service restart");
      },
      announceShutdown: () => {
        for (const { session } of connections) session.announceShutdown();
      },
      expireListenKeys: () => {
        for (const { listenKeys } of this.#markets.values()) listenKeys.expire();
      },
      terminateUserStreams: () => {
        for (const session of sessions(ApiSession)) session.terminateUserStreams();
      },
      revokeKey: (apiKey) => this.#accounts.revoke(apiKey),
      restoreKey: (apiKey) => this.#accounts.restore(apiKey),
      ban: (address, durationMs) => this.#limits.ban(address, durationMs),
      get connectionCount() {
        return connections.size;
      },
      get userStreamCount() {
        return markets.values().reduce((count, { users }) => count + users.listenerCount, 0);
      },
    };
  }
}

/** The server's clock: the scheduler's, and what is wrong with it. */
class AdjustableClock implements Clock {
  readonly #clock: Clock;
  #offsetMs = 0;
  #drift = 0;
  #since = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    const now = this.#clock.now();
    return now + this.#offsetMs + (now - this.#since) * this.#drift;
  }

  set(offsetMs: number, driftMsPerSecond: number): void {
    this.#offsetMs = offsetMs;
    this.#drift = driftMsPerSecond / 1_000;
    this.#since = this.#clock.now();
  }
}

function allowed(route: Route, account: ApiAccount): ApiAccount {
  if (route.security !== "TRADE" || account.canTrade !== false) return account;
  throw new Refusal(-2015, "Invalid API-key, IP, or permissions for action.", { status: 401 });
}

function weightOf(route: Route, parameters: Parameters): number {
  return typeof route.weight === "number" ? route.weight : route.weight(parameters);
}

function notFound(path: string): VenueResponse {
  const body: JsonObject = { timestamp: 0, status: 404, error: "Not Found", path: path.slice(0, 256) };
  return { status: 404, headers: { "content-type": "application/json" }, body: writeJson(body) };
}
