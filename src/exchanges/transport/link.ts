import { NetworkError } from "../../base/errors.ts";
import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import type { Socket, SocketHandlers, SocketTransport } from "./socket.ts";

export interface LinkOptions {
  readonly scheduler: Scheduler;
  readonly handlers: LinkHandlers;
  readonly silenceMs: number;
  readonly readyMsMax: number;
  readonly keptBytesMax: number;
  readonly onReady: () => void;
  /** More was kept back than is allowed. */
  readonly onFull: () => void;
  /** The connection is gone, or was never made; called once, and not after `release`. */
  readonly onEnd: (reason: string, error: unknown) => void;
}

interface LinkHandlers {
  onOpen?(send: (text: string) => void): void;
  isReady?(data: Uint8Array): boolean;
  onMessage(data: Uint8Array): void;
}

/** One connection of a `ReconnectingSocket`, from asking for its URL to its end. */
export class Link implements SocketHandlers {
  readonly #options: LinkOptions;
  readonly #stopReady: Cancel;
  #stopSilence: Cancel | undefined;
  #socket: Socket | undefined;
  #isOpen = false;
  #isEnded = false;
  #readyAt = NaN;
  #heardAt = NaN;
  /** Messages that are kept back; undefined when they are delivered. */
  #kept: Uint8Array[] | undefined;
  #keptBytes = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { scheduler, readyMsMax } = options;
    this.#stopReady = scheduler.after(readyMsMax, () => this.drop(`not ready within ${readyMsMax} ms`));
  }

  open(transport: SocketTransport, url: () => string | Promise<string>): void {
    const connect = (address: string): void => {
      if (!this.#isEnded) this.#socket = transport.open(address, this);
      // The connection may have ended while it was being opened.
      if (this.#isEnded) this.#socket?.terminate();
    };
    const giveUp = (error: unknown): void => this.#end(error instanceof Error ? error.message : "the URL could not be made", error);
    try {
      const address = url();
      if (typeof address === "string") connect(address);
      else address.then(connect).catch(giveUp);
    } catch (error) {
      giveUp(error);
    }
  }

  get isReady(): boolean {
    return !Number.isNaN(this.#readyAt) && !this.#isEnded;
  }

  /** How long it has been ready, milliseconds; 0 when it never was. */
  get readyForMs(): number {
    return Number.isNaN(this.#readyAt) ? 0 : this.#options.scheduler.now() - this.#readyAt;
  }

  readonly send = (text: string): void => {
    if (this.#isOpen && !this.#isEnded) this.#socket?.send(text);
  };

  /** Keeps messages back from now on. */
  keep(): void {
    this.#kept = [];
  }

  /** Hands out what was kept back, and everything that comes from now on. */
  deliver(): void {
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    for (const data of kept) if (!this.#isEnded) this.#options.handlers.onMessage(data);
  }

  /** Ends it as failed. */
  drop(reason: string): void {
    this.#end(reason, new NetworkError(reason));
  }

  /** Ends it as no longer needed, without a word to anybody here. */
  release(reason: string): void {
    if (this.#isEnded) return;
    this.#settle();
    if (this.#isOpen) this.#socket?.close(1000, reason);
    else this.#socket?.terminate();
  }

  onOpen(): void {
    if (this.#isEnded) return;
    this.#isOpen = true;
    this.#heardAt = this.#options.scheduler.now();
    this.#listenFor(this.#options.silenceMs);
    this.#options.handlers.onOpen?.(this.send);
    if (this.#options.handlers.isReady === undefined) this.#becomeReady();
  }

  onMessage(data: Uint8Array): void {
    if (this.#isEnded) return;
    this.#heardAt = this.#options.scheduler.now();
    if (Number.isNaN(this.#readyAt)) {
      if (this.#options.handlers.isReady?.(data) === false) return;
      this.#becomeReady();
    }
    if (this.#kept === undefined) {
      // What was told of being ready may have ended the connection.
      if (!this.#hasEnded()) this.#options.handlers.onMessage(data);
      return;
    }
    this.#kept.push(new Uint8Array(data));
    this.#keptBytes += data.length;
    if (this.#keptBytes > this.#options.keptBytesMax) this.#options.onFull();
  }

  onPing(): void {
    this.#heardAt = this.#options.scheduler.now();
  }

  onClose(code: number, reason: string): void {
    this.#end(`closed with ${code}${reason === "" ? "" : `: ${reason}`}`, undefined);
  }

  #becomeReady(): void {
    if (this.#isEnded || !Number.isNaN(this.#readyAt)) return;
    this.#stopReady();
    this.#readyAt = this.#options.scheduler.now();
    this.#options.onReady();
  }

  #listenFor(silenceMs: number): void {
    this.#stopSilence = this.#options.scheduler.after(silenceMs, () => {
      const leftMs = this.#heardAt + this.#options.silenceMs - this.#options.scheduler.now();
      if (leftMs > 0) return this.#listenFor(leftMs);
      this.drop(`neither message nor ping for ${this.#options.silenceMs} ms`);
    });
  }

  #end(reason: string, error: unknown): void {
    if (this.#isEnded) return;
    this.#settle();
    this.#socket?.terminate();
    this.#options.onEnd(reason, error);
  }

  #settle(): void {
    this.#isEnded = true;
    this.#stopReady();
    this.#stopSilence?.();
  }

  #hasEnded(): boolean {
    return this.#isEnded;
  }
}
