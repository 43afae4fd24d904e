import type { Cancel, Scheduler } from "../base/scheduler.ts";
import type { VenueConnection, VenueSession } from "./venue-server.ts";

/** What goes wrong with a stream or one of its messages; `inbound` looks at what the client sends. */
export type StreamVerb = { readonly inbound?: boolean | undefined } & (
  | { readonly verb: "close"; readonly code?: number | undefined; readonly reason?: string | undefined }
  /** Open, pings and all, but no message comes any more; for ever unless a time is given. */
  | { readonly verb: "stall"; readonly ms?: number | undefined }
  /** Nothing passes in either direction and nobody is told; for ever unless a time is given. */
  | { readonly verb: "halfOpen"; readonly ms?: number | undefined }
  /** The message comes twice. */
  | { readonly verb: "duplicate" }
  /** The message comes after the next one. */
  | { readonly verb: "reorder" }
  /** The message is lost. */
  | { readonly verb: "gap" }
  | { readonly verb: "delay"; readonly ms: number }
  /** The connection is not accepted. */
  | { readonly verb: "refuse" }
);

/** One connection with a network in between that can fail. */
export class FaultyStream {
  readonly path: string;
  /** What the server talks to. */
  readonly connection: VenueConnection;
  readonly #outer: VenueConnection;
  readonly #scheduler: Scheduler;
  readonly #strike: (text: string, isInbound: boolean) => StreamVerb | undefined;
  readonly #onGone: () => void;
  #session: VenueSession | undefined;
  #isStalled = false;
  #isHalfOpen = false;
  #isGone = false;
  /** A message that waits for the one after it. */
  #held: (() => void) | undefined;
  /** What the server wanted to end the connection with while nothing passed. */
  #lateClose: { readonly code: number; readonly reason: string } | undefined;
  #healing: Cancel | undefined;

  constructor(options: {
    readonly path: string;
    readonly connection: VenueConnection;
    readonly scheduler: Scheduler;
    readonly strike: (text: string, isInbound: boolean) => StreamVerb | undefined;
    readonly onGone: () => void;
  }) {
    this.path = options.path;
    this.#outer = options.connection;
    this.#scheduler = options.scheduler;
    this.#strike = options.strike;
    this.#onGone = options.onGone;
    this.connection = {
      address: options.connection.address,
      send: (text) => this.#toClient(text),
      ping: (payload) => {
        if (!this.#isHalfOpen) this.#outer.ping(payload);
      },
      close: (code, reason) => this.#close(code, reason),
    };
  }

  /** Takes the server's end; gives what the client talks to. */
  attach(session: VenueSession): VenueSession {
    this.#session = session;
    return {
      onMessage: (text) => this.#toServer(text),
      onPong: (payload) => {
        if (!this.#isHalfOpen) session.onPong(payload);
      },
      onClose: () => this.#end(),
    };
  }

  /** Strikes the connection as a whole. */
  apply(fault: StreamVerb): void {
    switch (fault.verb) {
      case "close":
        return this.#hangUp(fault.code ?? 1006, fault.reason ?? "");
      case "stall":
        this.#isStalled = true;
        return this.#healAfter(fault.ms);
      case "halfOpen":
        this.#isHalfOpen = true;
        return this.#healAfter(fault.ms);
      default:
    }
  }

  /** Messages pass again; what was lost stays lost. */
  heal(): void {
    this.#healing?.();
    this.#isStalled = false;
    this.#isHalfOpen = false;
    const late = this.#lateClose;
    if (late !== undefined) this.#hangUp(late.code, late.reason);
  }

  #healAfter(ms: number | undefined): void {
    if (ms !== undefined) this.#healing = this.#scheduler.after(ms, () => this.heal());
  }

  #toClient(text: string): void {
    if (this.#isStalled || this.#isHalfOpen) return;
    this.#pass(text, this.#strike(text, false), (message) => {
      if (!this.#isGone && !this.#isStalled && !this.#isHalfOpen) this.#outer.send(message);
    });
  }

  #toServer(text: string): void {
    if (this.#isHalfOpen) return;
    this.#pass(text, this.#strike(text, true), (message) => {
      if (!this.#isGone) this.#session?.onMessage(message);
    });
  }

  #pass(text: string, fault: StreamVerb | undefined, send: (text: string) => void): void {
    switch (fault?.verb) {
      case "gap":
        return;
      case "reorder":
        this.#release();
        this.#held = () => send(text);
        return;
      case "delay":
        this.#scheduler.after(fault.ms, () => send(text));
        return;
      case "close":
      case "stall":
      case "halfOpen":
        return this.apply(fault);
      case "duplicate":
        send(text);
        break;
      case undefined:
      case "refuse":
    }
    send(text);
    this.#release();
  }

  #release(): void {
    const held = this.#held;
    this.#held = undefined;
    held?.();
  }

  /** While nothing passes, the client is not told; the server's end is gone all the same. */
  #close(code: number, reason: string): void {
    if (!this.#isHalfOpen) return this.#hangUp(code, reason);
    this.#lateClose = { code, reason };
    const session = this.#session;
    this.#session = undefined;
    session?.onClose();
  }

  #hangUp(code: number, reason: string): void {
    this.#end();
    this.#outer.close(code, reason);
  }

  #end(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#healing?.();
    this.#onGone();
    this.#session?.onClose();
    this.#session = undefined;
  }
}
