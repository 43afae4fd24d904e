import { NetworkError } from "../base/errors.ts";
import type { Random } from "../base/random.ts";
import type { Scheduler } from "../base/scheduler.ts";
import type { HttpRequest, HttpResponse, HttpTransport } from "../exchanges/transport/http.ts";
import type { Socket, SocketHandlers, SocketTransport } from "../exchanges/transport/socket.ts";
import type { FaultPlan, RequestOutcome } from "./faults.ts";
import type { VenueSession } from "./venue-server.ts";

export interface SimNetworkOptions {
  readonly plan: FaultPlan;
  readonly scheduler: Scheduler;
  /** Draws how long each message is on its way. */
  readonly random: Random;
  /** One way, milliseconds. @default 1 to 20 */
  readonly latencyMs?: { readonly min: number; readonly max: number };
}

/** The client's end of the network; when its process dies nothing reaches it any more, and its sockets break. */
export interface SimClient {
  readonly http: HttpTransport;
  readonly sockets: SocketTransport;
  /** Every request that left this client, oldest first: method, path and query. */
  readonly sent: readonly { readonly time: number; readonly method: string; readonly path: string; readonly query: string }[];
  die(): void;
}

/** A network in memory: messages take a while that a seed decides, one connection keeps its order, and a fault plan lies in between. */
export class SimNetwork {
  readonly #options: SimNetworkOptions;

  constructor(options: SimNetworkOptions) {
    this.#options = options;
  }

  /** A machine of its own on the network. */
  client(address = "10.0.0.1"): SimClient {
    return new Client(this.#options, address);
  }
}

class Client implements SimClient {
  readonly http: HttpTransport;
  readonly sockets: SocketTransport;
  readonly sent: { time: number; method: string; path: string; query: string }[] = [];
  readonly #options: SimNetworkOptions;
  readonly #address: string;
  readonly #sockets = new Set<SimSocket>();
  #isDead = false;

  constructor(options: SimNetworkOptions, address: string) {
    this.#options = options;
    this.#address = address;
    this.http = { send: (request) => this.#send(request), [Symbol.asyncDispose]: async () => {} };
    this.sockets = { open: (url, handlers) => this.#open(url, handlers) };
  }

  die(): void {
    this.#isDead = true;
    for (const socket of this.#sockets) socket.vanish();
  }

  #send({ method, url, headers = {}, body = "", timeoutMs }: HttpRequest): Promise<HttpResponse> {
    const { plan, scheduler } = this.#options;
    const { pathname: path, search } = new URL(url);
    const query = search.slice(1);
    this.sent.push({ time: scheduler.now(), method, path, query });
    return new Promise((resolve, reject) => {
      let isOver = false;
      const end = (settle: () => void): void => {
        if (isOver || this.#isDead) return;
        isOver = true;
        cancel();
        settle();
      };
      const lost = (why: string): void => end(() => reject(new NetworkError(`${method} ${path}: ${why}`, { wasSent: true })));
      const cancel = scheduler.after(timeoutMs, () => lost(`no answer within ${timeoutMs} ms`));
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const request = { method, path, query, headers: lower, body, address: this.#address };
      scheduler.after(this.#latency(), () =>
        plan.request(request, (outcome) => scheduler.after(this.#latency(), () => this.#answer(outcome, { end, resolve, lost }))),
      );
    });
  }

  #answer(
    outcome: RequestOutcome,
    { end, resolve, lost }: { end: (settle: () => void) => void; resolve: (response: HttpResponse) => void; lost: (why: string) => void },
  ): void {
    switch (outcome.kind) {
      case "response":
        return end(() => resolve(outcome.response));
      case "reset":
        return lost("the connection was reset");
      case "truncated":
        return lost("the answer broke off");
      case "silence":
    }
  }

  #open(url: string, handlers: SocketHandlers): Socket {
    const socket = new SimSocket(url, handlers, { ...this.#options, address: this.#address, latency: () => this.#latency() }, () =>
      this.#sockets.delete(socket),
    );
    this.#sockets.add(socket);
    return socket;
  }

  #latency(): number {
    const { min, max } = this.#options.latencyMs ?? { min: 1, max: 20 };
    return min + this.#options.random.next() * (max - min);
  }
}

interface SocketContext extends SimNetworkOptions {
  readonly address: string;
  readonly latency: () => number;
}

class SimSocket implements Socket {
  readonly bufferedBytes = 0;
  readonly #handlers: SocketHandlers;
  readonly #context: SocketContext;
  readonly #onGone: () => void;
  #session: VenueSession | undefined;
  #isOver = false;
  /** When the last message of each direction arrives: one connection never reorders. */
  #inAt = 0;
  #outAt = 0;

  constructor(url: string, handlers: SocketHandlers, context: SocketContext, onGone: () => void) {
    this.#handlers = handlers;
    this.#context = context;
    this.#onGone = onGone;
    const { pathname, search } = new URL(url);
    context.scheduler.after(context.latency() * 2, () => this.#connect(pathname, search.slice(1)));
  }

  send(text: string): void {
    this.#toVenue(() => this.#session?.onMessage(text));
  }

  close(code = 1000, reason = ""): void {
    this.#toVenue(() => this.#session?.onClose());
    this.#toClient(() => this.#end(code, reason));
  }

  terminate(): void {
    this.#toVenue(() => this.#session?.onClose());
    this.#end(1006, "terminated");
  }

  /** The process behind it is gone; the venue notices a little later. */
  vanish(): void {
    this.#isOver = true;
    this.#context.scheduler.after(this.#context.latency(), () => this.#session?.onClose());
  }

  #connect(path: string, query: string): void {
    if (this.#isOver) return;
    this.#session = this.#context.plan.open(path, query, {
      address: this.#context.address,
      send: (text) => this.#toClient(() => this.#handlers.onMessage(Buffer.from(text))),
      ping: (payload) =>
        this.#toClient(() => {
          this.#handlers.onPing?.();
          this.#toVenue(() => this.#session?.onPong(payload));
        }),
      close: (code, reason) => this.#toClient(() => this.#end(code, reason)),
    });
    if (this.#session === undefined) return this.#end(1006, "the connection was refused");
    this.#handlers.onOpen();
  }

  #toClient(deliver: () => void): void {
    const { scheduler, latency } = this.#context;
    this.#inAt = Math.max(this.#inAt, scheduler.now() + latency());
    scheduler.after(this.#inAt - scheduler.now(), () => {
      if (!this.#isOver) deliver();
    });
  }

  #toVenue(deliver: () => void): void {
    const { scheduler, latency } = this.#context;
    this.#outAt = Math.max(this.#outAt, scheduler.now() + latency());
    scheduler.after(this.#outAt - scheduler.now(), deliver);
  }

  #end(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onGone();
    this.#handlers.onClose(code, reason);
  }
}
