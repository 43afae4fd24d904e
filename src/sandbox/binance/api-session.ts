import type { VenueConnection, VenueSession } from "../venue-server.ts";
import type { ApiAccount } from "./accounts.ts";
import { Heartbeat, type HeartbeatRule } from "./heartbeat.ts";
import { NumberText, objectOf, readJson, writeJson, type Json, type JsonObject } from "./json.ts";
import type { Market } from "./market.ts";
import { Parameters } from "./parameters.ts";
import { missing, Refusal } from "./refusals.ts";
import type { UserData } from "./user-data.ts";
import { API_METHODS } from "./api-methods.ts";

/** What the WebSocket API does through the rest of the server. */
export interface ApiSource {
  readonly market: Market;
  readonly users: UserData;
  readonly rule: HeartbeatRule;
  /** Runs the REST endpoint behind a method; `apiKey` is the one that has logged on, whose requests need no signature. */
  execute(request: {
    readonly method: string;
    readonly endpoint: string;
    readonly version: number;
    readonly parameters: Parameters;
    readonly apiKey: string | undefined;
  }): { readonly result: Json; readonly isOrder: boolean };
  /** The account that signed, or a refusal. */
  authenticate(parameters: Parameters): ApiAccount;
  isEd25519(apiKey: string): boolean;
  count(weight: number): void;
  rateLimits(isOrder: boolean): readonly JsonObject[];
}

const SUBSCRIPTIONS_MAX = 1_000;

/** One connection to `/ws-api/v3` and its like: requests with an id, the session's key, and on spot the account's events. */
export class ApiSession implements VenueSession {
  readonly #source: ApiSource;
  readonly #connection: VenueConnection;
  readonly #heartbeat: Heartbeat;
  readonly #connectedAt: number;
  readonly #subscriptions = new Map<number, { readonly apiKey: string; readonly isSession: boolean; readonly stop: () => void }>();
  #nextSubscription = 0;
  #apiKey: string | undefined;
  #authorizedAt = 0;

  constructor(source: ApiSource, connection: VenueConnection) {
    this.#source = source;
    this.#connection = connection;
    this.#connectedAt = source.market.now;
    // The limit of messages is for streams: requests are limited by their weight.
    this.#heartbeat = new Heartbeat(source.market.scheduler, connection, { ...source.rule, messagesPerSecond: Infinity });
  }

  onMessage(text: string): void {
    const message = readJson(text);
    const request = message === undefined ? undefined : objectOf(message.value);
    const id = request?.["id"];
    const idJson: Json = id instanceof NumberText ? id.toJson() : typeof id === "string" ? id : null;
    const method = request?.["method"];
    try {
      if (request === undefined) throw new Refusal(-1135, "Invalid JSON Request");
      if (typeof method !== "string") throw missing("method");
      const parameters = Parameters.ofMessage(objectOf(request["params"]) ?? {});
      const { result, isOrder } = this.#execute(method.replace(/^v\d\//, ""), parameters);
      this.#send({ id: idJson, status: 200, result, rateLimits: this.#source.rateLimits(isOrder) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#send({ id: idJson, status: error.status, error: error.body, rateLimits: this.#source.rateLimits(false) });
    }
  }

  onPong(payload: string): void {
    this.#heartbeat.onPong(payload);
  }

  onClose(): void {
    this.#heartbeat.stop();
    for (const { stop } of this.#subscriptions.values()) stop();
    this.#subscriptions.clear();
  }

  /** {"event":{"e":"serverShutdown","E":1770123456789}} */
  announceShutdown(): void {
    this.#send({ event: { e: "serverShutdown", E: this.#source.market.now } });
  }

  /** Ends the account's events and says so. */
  terminateUserStreams(): void {
    for (const id of this.#subscriptions.keys()) this.#end(id);
  }

  #execute(method: string, parameters: Parameters): { readonly result: Json; readonly isOrder: boolean } {
    const route = API_METHODS[this.#source.market.isSpot ? "spot" : "futures"][method];
    if (route !== undefined) return this.#source.execute({ ...route, parameters, apiKey: this.#keyFor(parameters) });
    this.#source.count(2);
    const result = this.#session(method, parameters);
    if (result === undefined) throw new Refusal(-1020, "This operation is not supported.");
    return { result, isOrder: false };
  }

  /** A request that signs for itself does not use the session's key. */
  #keyFor(parameters: Parameters): string | undefined {
    return parameters.has("signature") || parameters.has("apiKey") ? undefined : this.#apiKey;
  }

  #session(method: string, parameters: Parameters): Json | undefined {
    switch (method) {
      case "session.logon": {
        const { apiKey } = this.#source.authenticate(parameters);
        if (!this.#source.isEd25519(apiKey)) throw new Refusal(-4056, "HMAC_SHA256 API key is not supported.");
        this.#apiKey = apiKey;
        this.#authorizedAt = this.#source.market.now;
        return this.#status();
      }
      case "session.status":
        return this.#status();
      case "session.logout":
        this.#apiKey = undefined;
        for (const [id, { isSession }] of this.#subscriptions) if (isSession) this.#end(id);
        return this.#status();
      case "session.subscriptions":
        return [...this.#subscriptions.keys()].map((subscriptionId) => ({ subscriptionId }));
      default:
        return this.#source.market.isSpot ? this.#userStream(method, parameters) : undefined;
    }
  }

  #userStream(method: string, parameters: Parameters): Json | undefined {
    switch (method) {
      case "userDataStream.subscribe":
        if (this.#apiKey === undefined) throw new Refusal(-2015, "Invalid API-key, IP, or permissions for action.", { status: 401 });
        return this.#subscribe(this.#apiKey, true);
      case "userDataStream.subscribe.signature":
        return this.#subscribe(this.#source.authenticate(parameters).apiKey, false);
      case "userDataStream.unsubscribe": {
        const id = parameters.long("subscriptionId");
        for (const one of id === undefined ? [...this.#subscriptions.keys()] : [id]) this.#end(one);
        return {};
      }
      default:
        return undefined;
    }
  }

  #subscribe(apiKey: string, isSession: boolean): Json {
    if ([...this.#subscriptions.values()].some((one) => one.apiKey === apiKey)) {
      throw new Refusal(-2035, "User Data Stream subscription already active.");
    }
    if (this.#subscriptions.size >= SUBSCRIPTIONS_MAX) throw new Refusal(-2042, "Maximum subscription ID reached for this connection.");
    const subscriptionId = this.#nextSubscription;
    this.#nextSubscription += 1;
    const stop = this.#source.users.listen((event) => this.#send({ subscriptionId, event }));
    this.#subscriptions.set(subscriptionId, { apiKey, isSession, stop });
    return { subscriptionId };
  }

  #end(subscriptionId: number): void {
    const subscription = this.#subscriptions.get(subscriptionId);
    if (subscription === undefined) throw new Refusal(-2036, "User Data Stream subscription not active.");
    subscription.stop();
    this.#subscriptions.delete(subscriptionId);
    this.#send({ subscriptionId, event: { e: "eventStreamTerminated", E: this.#source.market.now } });
  }

  #status(): JsonObject {
    return {
      apiKey: this.#apiKey ?? null,
      authorizedSince: this.#apiKey === undefined ? null : this.#authorizedAt,
      connectedSince: this.#connectedAt,
      returnRateLimits: true,
      serverTime: this.#source.market.now,
      userDataStream: this.#subscriptions.size > 0,
    };
  }

  #send(message: JsonObject): void {
    this.#connection.send(writeJson(message));
  }
}
