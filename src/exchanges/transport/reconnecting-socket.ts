import { RateLimitedError } from "../../base/errors.ts";
import type { Random } from "../../base/random.ts";
import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import { Backoff } from "./backoff.ts";
import type { BackoffOptions } from "./backoff.ts";
import { ConnectBudget } from "./connect-budget.ts";
import { Link } from "./link.ts";
import type { SocketTransport } from "./socket.ts";

/** Sends over one connection; dropped once that connection is gone. */
export type Send = (text: string) => void;

/** Who listens to a stream. Nothing is called after it was disposed of. */
export interface StreamHandlers {
  /** A connection is open, not yet ready: the place to log in. Without `isReady` a connection is ready once it is open. */
  onOpen?(send: Send): void;
  /** Whether a message shows that a new connection is ready, as the answer to a log-in or the first data do. Messages before it are dropped. */
  isReady?(data: Uint8Array): boolean;
  /**
   * The stream is up: subscribe over this connection, unless its URL says it all. A renewal changes connections while the stream stays up.
   * For a while both then run: the old one delivers, the new one is kept back, so that nothing is missing and what both had comes twice.
   */
  onUp(send: Send, isRenewal: boolean): void;
  /** One whole message; the bytes are only valid during the call. */
  onMessage(data: Uint8Array): void;
  /** Nothing more arrives until the next `onUp`. */
  onDown(reason: string): void;
  /** An attempt to connect has failed; the next one follows. */
  onFailure?(reason: string, retryInMs: number): void;
}

export interface ReconnectingSocketOptions {
  readonly transport: SocketTransport;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Where to connect, asked for each time: a token or a listen key is good for one connection. */
  readonly url: () => string | Promise<string>;
  readonly handlers: StreamHandlers;
  readonly backoff?: BackoffOptions;
  /** Connections that may be opened, shared with other streams. @default 300 in 5 minutes for this stream */
  readonly budget?: ConnectBudget;
  /** How long neither message nor ping may arrive before the connection counts as dead, milliseconds. @default 10000 */
  readonly silenceMs?: number;
  /** How long it may take until a connection is ready, URL included, milliseconds. @default 15000 */
  readonly readyMsMax?: number;
  /** When a connection is renewed, milliseconds after it was ready; up to a twentieth earlier, so that streams do not do it together. @default 23 hours */
  readonly ageMsMax?: number;
  /** How long old and new connection both run at a renewal, milliseconds. @default 2000 */
  readonly overlapMs?: number;
}

/** Messages of a new connection that are kept back at a renewal; beyond this it takes over early. */
const KEPT_BYTES_MAX = 8 * 1024 * 1024;

/**
 * Keeps one stream of messages up over connections that come and go: it waits before it tries again, never opens more than the budget allows,
 * takes silence for death, and renews a connection before the exchange ends it. `start` opens the first.
 */
export class ReconnectingSocket implements Disposable {
  readonly #options: ReconnectingSocketOptions;
  readonly #backoff: Backoff;
  readonly #budget: ConnectBudget;
  /** The connection that delivers. */
  #current: Link | undefined;
  /** The connection that is being made, or is ready and kept back. */
  #next: Link | undefined;
  #stopRetry: Cancel | undefined;
  #stopAge: Cancel | undefined;
  #stopOverlap: Cancel | undefined;
  #isDisposed = false;

  constructor(options: ReconnectingSocketOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.random, options.backoff);
    this.#budget = options.budget ?? new ConnectBudget({ connectsMax: 300, windowMs: 300_000 });
  }

  /** Opens the first connection. Called once. */
  start(): void {
    this.#connect();
  }

  get isUp(): boolean {
    return this.#current !== undefined;
  }

  /** Sends over the newest connection that is ready; false when there is none. */
  send(text: string): boolean {
    const link = this.#next?.isReady === true ? this.#next : this.#current;
    link?.send(text);
    return link !== undefined;
  }

  /** Changes connections without a gap, as when the exchange announces that it will end this one. */
  renew(): void {
    if (this.#current !== undefined && this.#next === undefined && this.#stopRetry === undefined) this.#connect();
  }

  /** Drops the connection that delivers, which somebody knows to be useless, and makes a new one. */
  restart(reason: string): void {
    this.#current?.drop(reason);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    for (const stop of [this.#stopRetry, this.#stopAge, this.#stopOverlap]) stop?.();
    for (const link of [this.#current, this.#next]) link?.release("done");
    this.#current = undefined;
    this.#next = undefined;
  }

  #connect(): void {
    this.#stopRetry = undefined;
    const { scheduler } = this.#options;
    const waitMs = this.#budget.take(scheduler.now());
    if (waitMs > 0) {
      this.#stopRetry = scheduler.after(waitMs, () => this.#connect());
      return;
    }
    const { handlers, silenceMs = 10_000, readyMsMax = 15_000, transport, url } = this.#options;
    const link: Link = new Link({
      scheduler,
      handlers,
      silenceMs,
      readyMsMax,
      keptBytesMax: KEPT_BYTES_MAX,
      onReady: () => this.#onReady(link),
      onFull: () => this.#handOver(),
      onEnd: (reason, error) => this.#onEnd(link, reason, error),
    });
    this.#next = link;
    link.open(transport, url);
  }

  #onReady(link: Link): void {
    const { scheduler, handlers, overlapMs = 2000 } = this.#options;
    if (this.#current === undefined) {
      this.#next = undefined;
      this.#promote(link);
      handlers.onUp(link.send, false);
      return;
    }
    link.keep();
    this.#stopOverlap = scheduler.after(overlapMs, () => this.#handOver());
    handlers.onUp(link.send, true);
  }

  /** The new connection delivers from now on, beginning with what was kept back. */
  #handOver(): void {
    const link = this.#next;
    if (link === undefined) return;
    this.#stopOverlap?.();
    this.#next = undefined;
    this.#current?.release("renewed");
    this.#promote(link);
    link.deliver();
  }

  #promote(link: Link): void {
    const { scheduler, random, ageMsMax = 23 * 3_600_000 } = this.#options;
    this.#current = link;
    this.#stopAge?.();
    this.#stopAge = scheduler.after(ageMsMax * (1 - random.next() / 20), () => this.renew());
  }

  #onEnd(link: Link, reason: string, error: unknown): void {
    if (this.#isDisposed) return;
    const wasStable = link.readyForMs >= (this.#options.backoff?.capMs ?? 30_000);
    if (wasStable) this.#backoff.reset();
    if (link === this.#next) {
      this.#next = undefined;
      this.#stopOverlap?.();
      return this.#retry(reason, error);
    }
    this.#current = undefined;
    this.#stopAge?.();
    if (this.#next?.isReady === true) return this.#handOver();
    this.#options.handlers.onDown(reason);
    // Whoever was told may have disposed of the stream; and a renewal may be under way already.
    if (!this.#isStopped() && this.#next === undefined && this.#stopRetry === undefined) this.#retry(reason, error);
  }

  #retry(reason: string, error: unknown): void {
    const asked = error instanceof RateLimitedError ? error.retryAfterMs : 0;
    const waitMs = Math.max(this.#backoff.next(), asked);
    this.#stopRetry = this.#options.scheduler.after(waitMs, () => this.#connect());
    this.#options.handlers.onFailure?.(reason, waitMs);
  }

  #isStopped(): boolean {
    return this.#isDisposed;
  }
}
