import type { VenueConnection, VenueSession } from "../venue-server.ts";
import { Heartbeat, type HeartbeatRule } from "./heartbeat.ts";
import { NumberText, objectOf, readJson, writeJson, type Json, type JsonObject } from "./json.ts";
import type { ListenKeys } from "./listen-keys.ts";
import type { MarketStreams, StreamListener } from "./market-streams.ts";
import type { Market } from "./market.ts";
import { isServedAt, readTopic } from "./stream-names.ts";
import type { StreamPath } from "./stream-paths.ts";
import type { UserData } from "./user-data.ts";

/** What a stream connection can reach. */
export interface StreamSource {
  readonly market: Market;
  readonly streams: MarketStreams;
  readonly users: UserData;
  readonly listenKeys: ListenKeys;
  readonly rule: HeartbeatRule;
}

/** Streams one connection may hear ("WebSocket Limits"). */
const STREAMS_MAX = 1_024;
const METHODS = ["SUBSCRIBE", "UNSUBSCRIBE", "LIST_SUBSCRIPTIONS", "SET_PROPERTY", "GET_PROPERTY"];

/** One connection to `/ws/…` or `/stream?streams=…`: public streams, and on futures the account's by listen key. */
export class StreamSession implements VenueSession {
  readonly #source: StreamSource;
  readonly #connection: VenueConnection;
  readonly #path: StreamPath;
  readonly #heartbeat: Heartbeat;
  readonly #listener: StreamListener;
  readonly #subscribed = new Set<string>();
  readonly #users = new Map<string, () => void>();
  #isCombined: boolean;

  constructor(source: StreamSource, connection: VenueConnection, path: StreamPath) {
    this.#source = source;
    this.#connection = connection;
    this.#path = path;
    this.#isCombined = path.isCombined;
    this.#heartbeat = new Heartbeat(source.market.scheduler, connection, source.rule);
    this.#listener = (stream, text) => this.#send(stream, text);
    for (const name of path.streams) this.#subscribe(name);
  }

  onMessage(text: string): void {
    if (!this.#heartbeat.countMessage()) return;
    const message = readJson(text);
    if (message === undefined) return this.#answer({ error: { code: 3, msg: "Invalid JSON: expected value at line 1 column 1" } });
    const request = objectOf(message.value);
    const id = request?.["id"];
    const idJson: Json = id instanceof NumberText ? id.toJson() : typeof id === "string" ? id : null;
    const method = request?.["method"];
    if (typeof method !== "string") return this.#fail(2, "Invalid request: missing field `method` at line 1 column 2", idJson);
    if (!METHODS.includes(method)) {
      const expected = METHODS.map((name) => `\`${name}\``).join(", ");
      return this.#fail(
        2,
        `Invalid request: unknown variant \`${method.slice(0, 64)}\`, expected one of ${expected} at line 1 column 2`,
        idJson,
      );
    }
    const parameters = request?.["params"];
    this.#execute(method, Array.isArray(parameters) ? (parameters as unknown[]) : [], idJson);
  }

  onPong(payload: string): void {
    if (this.#heartbeat.countMessage()) this.#heartbeat.onPong(payload);
  }

  onClose(): void {
    this.#heartbeat.stop();
    for (const name of this.#subscribed) this.#source.streams.remove(name, this.#listener);
    for (const stop of this.#users.values()) stop();
    this.#subscribed.clear();
    this.#users.clear();
  }

  /** The key has run out: the last event it carries. */
  onListenKeyExpired(listenKey: string): void {
    const stop = this.#users.get(listenKey);
    if (stop === undefined) return;
    const now = this.#source.market.now;
    this.#send(listenKey, writeJson({ e: "listenKeyExpired", E: now, listenKey }));
    stop();
    this.#users.delete(listenKey);
  }

  /** {"e":"serverShutdown","E":1770123456789}: the connection is about to end. */
  announceShutdown(): void {
    this.#send("!serverShutdown", writeJson({ e: "serverShutdown", E: this.#source.market.now }));
  }

  #execute(method: string, parameters: readonly unknown[], id: Json): void {
    switch (method) {
      case "LIST_SUBSCRIPTIONS":
        return this.#answer({ result: [...this.#subscribed, ...this.#users.keys()], id });
      case "GET_PROPERTY":
      case "SET_PROPERTY":
        return this.#property(method, parameters, id);
      default:
    }
    if (!parameters.every((name) => typeof name === "string")) return this.#fail(2, "Invalid request: stream names must be strings", id);
    for (const name of parameters) {
      if (method === "UNSUBSCRIBE") this.#unsubscribe(name);
      else if (this.#subscribed.size + this.#users.size >= STREAMS_MAX) return this.#connection.close(1008, "Too many subscriptions");
      else if (!this.#subscribe(name)) return this.#fail(2, `Invalid request: unknown stream ${name.slice(0, 64)}`, id);
    }
    this.#answer({ result: null, id });
  }

  #property(method: string, [name, value]: readonly unknown[], id: Json): void {
    if (typeof name !== "string") return this.#fail(2, "Invalid request: property name must be a string", id);
    if (name !== "combined") return this.#fail(0, "Unknown property", id);
    if (method === "GET_PROPERTY") return this.#answer({ result: this.#isCombined, id });
    if (typeof value !== "boolean") return this.#fail(1, "Invalid value type: expected Boolean", id);
    this.#isCombined = value;
    this.#answer({ result: null, id });
  }

  #subscribe(name: string): boolean {
    const { market, listenKeys, streams, users } = this.#source;
    if (!market.isSpot && listenKeys.has(name)) {
      if (!this.#users.has(name)) {
        const stop = users.listen((event) => {
          const kind = event["e"];
          const isWanted = this.#path.events === undefined || (typeof kind === "string" && this.#path.events.includes(kind));
          if (isWanted) this.#send(name, writeJson(event));
        });
        this.#users.set(name, stop);
      }
      return true;
    }
    const topic = readTopic(name, market.isSpot);
    if (topic === undefined) return false;
    // Asked for at the wrong address, a stream is accepted and stays silent.
    if (isServedAt(topic, this.#path.category) && !streams.add(name, this.#listener)) return false;
    this.#subscribed.add(name);
    return true;
  }

  #unsubscribe(name: string): void {
    this.#subscribed.delete(name);
    this.#source.streams.remove(name, this.#listener);
    this.#users.get(name)?.();
    this.#users.delete(name);
  }

  #send(stream: string, text: string): void {
    this.#connection.send(this.#isCombined ? `{"stream":${JSON.stringify(stream)},"data":${text}}` : text);
  }

  #answer(message: JsonObject): void {
    this.#connection.send(writeJson(message));
  }

  #fail(code: number, msg: string, id: Json): void {
    this.#answer({ error: { code, msg }, id });
  }
}
