import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../domain/timeframe.ts";
import type { VenueConnection } from "../venue-server.ts";

/** How a connection is kept alive and how long. */
export interface HeartbeatRule {
  readonly pingMs: number;
  /** Without a pong for so long the connection is cut. */
  readonly pongMs: number;
  readonly lifetimeMs: number;
  readonly messagesPerSecond: number;
}

/** Spot: ping every 20 s, pong within a minute, 5 messages a second (web-socket-streams.md). */
export const SPOT_RULE: HeartbeatRule = { pingMs: 20 * SECOND_MS, pongMs: MINUTE_MS, lifetimeMs: 24 * HOUR_MS, messagesPerSecond: 5 };
/** Futures: ping every 3 minutes, pong within 10, 10 messages a second ("Websocket Market Streams", "Connect"). */
export const FUTURES_RULE: HeartbeatRule = {
  pingMs: 3 * MINUTE_MS,
  pongMs: 10 * MINUTE_MS,
  lifetimeMs: 24 * HOUR_MS,
  messagesPerSecond: 10,
};

/** Pings a connection, cuts it when no pong brings the payload back, after 24 hours, and when it says too much. */
export class Heartbeat {
  readonly #scheduler: Scheduler;
  readonly #connection: VenueConnection;
  readonly #rule: HeartbeatRule;
  readonly #alarms = new Map<string, Cancel>();
  readonly #sent = new Set<string>();
  #heardAt: number;
  #second = -1;
  #messages = 0;

  constructor(scheduler: Scheduler, connection: VenueConnection, rule: HeartbeatRule) {
    this.#scheduler = scheduler;
    this.#connection = connection;
    this.#rule = rule;
    this.#heardAt = scheduler.now();
    this.#alarm("life", rule.lifetimeMs, () => this.#cut(1001, "a connection is valid for 24 hours"));
    this.#alarm("ping", rule.pingMs, () => this.#ping());
  }

  /** Counts a message of the client; false, and the connection is cut, when there are too many. */
  countMessage(): boolean {
    const second = Math.floor(this.#scheduler.now() / SECOND_MS);
    this.#messages = second === this.#second ? this.#messages + 1 : 1;
    this.#second = second;
    if (this.#messages <= this.#rule.messagesPerSecond) return true;
    this.#cut(1008, "Too many requests");
    return false;
  }

  /** An unsolicited pong is allowed and proves nothing. */
  onPong(payload: string): void {
    if (this.#sent.delete(payload)) this.#heardAt = this.#scheduler.now();
  }

  stop(): void {
    for (const cancel of this.#alarms.values()) cancel();
    this.#alarms.clear();
  }

  #ping(): void {
    const now = this.#scheduler.now();
    if (now - this.#heardAt >= this.#rule.pongMs) return this.#cut(1008, "no pong");
    const payload = String(Math.floor(now));
    if (this.#sent.size > 16) this.#sent.clear();
    this.#sent.add(payload);
    this.#connection.ping(payload);
    this.#alarm("ping", this.#rule.pingMs, () => this.#ping());
  }

  #cut(code: number, reason: string): void {
    this.stop();
    this.#connection.close(code, reason);
  }

  #alarm(name: string, delayMs: number, run: () => void): void {
    this.#alarms.set(name, this.#scheduler.after(delayMs, run));
  }
}
