import { HOUR_MS, MINUTE_MS } from "../../../domain/timeframe.ts";
import type { Random } from "../../../base/random.ts";
import type { Cancel, Scheduler } from "../../../base/scheduler.ts";
import type { Socket, SocketTransport } from "../../transport/socket.ts";
import { createBackoff, type Backoff } from "./backoff.ts";

export interface StreamConnectionOptions {
  readonly url: string;
  readonly sockets: SocketTransport;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Streams come, from nothing. */
  onConnected(): void;
  /** Streams come over another socket from now on, with no moment in between. */
  onMoved(): void;
  onDisconnected(reason: string): void;
  onMessage(data: Uint8Array): void;
}

/** How long a socket may take to open, milliseconds. */
const OPEN_MS = 15_000;

/** The exchange ends every connection after 24 hours (web-socket-streams.md); ours are renewed before. */
const ROTATION_MS = 23 * HOUR_MS;

/** How long a new socket may stay silent before it takes over all the same: nothing may be happening. */
const TAKEOVER_MS = 10_000;

/** A connection that has held so long was no failure. */
const SOLID_MS = MINUTE_MS;

/**
 * One address of streams, kept open: a socket that ends is replaced after a growing pause (well below 300 attempts in five minutes, which
 * get an address banned), one that is about to end by a second one that speaks before the first is let go.
 */
export class StreamConnection {
  readonly #options: StreamConnectionOptions;
  readonly #backoff: Backoff;
  #current: Line | undefined;
  #successor: Line | undefined;
  #isDisposed = false;
  #cancelRetry: Cancel | undefined;
  #cancelRotation: Cancel | undefined;

  constructor(options: StreamConnectionOptions) {
    this.#options = options;
    this.#backoff = createBackoff({ firstMs: 500, mostMs: 30_000, random: options.random });
  }

  get isConnected(): boolean {
    return this.#current?.isOpen === true;
  }

  open(): void {
    if (this.#isDisposed || this.#current !== undefined) return;
    this.#cancelRetry?.();
    this.#connect((line) => (this.#current = line));
  }

  /** The exchange is about to end the connection: opens another one and moves over when it speaks. */
  replace(): void {
    if (this.#isDisposed || this.#successor !== undefined || !this.isConnected) return;
    this.#connect((line) => (this.#successor = line));
  }

  /** What comes is not what should come: drops the connection and opens another one. */
  renew(reason: string): void {
    const line = this.#current;
    if (line === undefined || this.#isDisposed) return;
    this.#drop(line);
    this.#ended(line, reason);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelRetry?.();
    this.#cancelRotation?.();
    for (const line of [this.#current, this.#successor]) if (line !== undefined) this.#drop(line);
    this.#current = undefined;
    this.#successor = undefined;
  }

  /** Takes its place before anything is heard of it: a socket may fail at once. */
  #connect(place: (line: Line) => void): void {
    const { sockets, url, scheduler } = this.#options;
    const line: Line = { socket: undefined, isOpen: false, isDropped: false, openedAt: NaN, cancelAlarm: undefined };
    place(line);
    line.cancelAlarm = scheduler.after(OPEN_MS, () => {
      this.#drop(line);
      this.#ended(line, "the stream did not open in time");
    });
    line.socket = sockets.open(url, {
      onOpen: () => this.#opened(line),
      onMessage: (data) => this.#heard(line, data),
      onClose: (code, reason) => {
        if (line.isDropped) return;
        line.isDropped = true;
        line.cancelAlarm?.();
        this.#ended(line, reason === "" ? `the stream was closed (code ${code})` : `the stream was closed: ${reason} (code ${code})`);
      },
    });
  }

  #opened(line: Line): void {
    if (line.isDropped) return;
    line.isOpen = true;
    line.openedAt = this.#options.scheduler.now();
    line.cancelAlarm?.();
    line.cancelAlarm = undefined;
    if (line === this.#successor) {
      line.cancelAlarm = this.#options.scheduler.after(TAKEOVER_MS, () => this.#move(line));
      return;
    }
    this.#rotateLater();
    this.#options.onConnected();
  }

  #heard(line: Line, data: Uint8Array): void {
    if (line.isDropped) return;
    if (line === this.#successor) this.#move(line);
    if (line === this.#current) this.#options.onMessage(data);
  }

  #move(line: Line): void {
    if (line !== this.#successor) return;
    line.cancelAlarm?.();
    const former = this.#current;
    this.#current = line;
    this.#successor = undefined;
    if (former !== undefined) this.#drop(former);
    this.#rotateLater();
    if (former?.isOpen === true) this.#options.onMoved();
    else this.#options.onConnected();
  }

  /** A socket is gone, by its own or ours. */
  #ended(line: Line, reason: string): void {
    if (line === this.#successor) {
      this.#successor = undefined;
      this.#cancelRetry?.();
      this.#cancelRetry = this.#options.scheduler.after(this.#backoff.next(), () => this.replace());
      return;
    }
    if (line !== this.#current) return;
    this.#current = undefined;
    this.#cancelRotation?.();
    if (this.#options.scheduler.now() - line.openedAt >= SOLID_MS) this.#backoff.reset();
    this.#options.onDisconnected(reason);
    if (this.#successor !== undefined) {
      // It is on its way already; what it brings begins from nothing.
      this.#current = this.#successor;
      this.#successor = undefined;
      this.#current.cancelAlarm?.();
      if (this.#current.isOpen) {
        this.#rotateLater();
        this.#options.onConnected();
      }
      return;
    }
    this.#cancelRetry?.();
    this.#cancelRetry = this.#options.scheduler.after(this.#backoff.next(), () => this.open());
  }

  #rotateLater(): void {
    const { scheduler, random } = this.#options;
    this.#cancelRotation?.();
    this.#cancelRotation = scheduler.after(ROTATION_MS + random.next() * 30 * MINUTE_MS, () => this.replace());
  }

  #drop(line: Line): void {
    line.isDropped = true;
    line.cancelAlarm?.();
    line.socket?.terminate();
  }
}

/** One socket's life. */
interface Line {
  socket: Socket | undefined;
  isOpen: boolean;
  /** Nothing it says counts any more. */
  isDropped: boolean;
  openedAt: number;
  cancelAlarm: Cancel | undefined;
}
