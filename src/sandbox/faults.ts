import type { Random } from "../base/random.ts";
import type { Scheduler } from "../base/scheduler.ts";
import { FaultyStream, type StreamVerb } from "./faulty-stream.ts";
import type { VenueConnection, VenueRequest, VenueResponse, VenueServer, VenueSession } from "./venue-server.ts";

/** Which requests or streams a fault is for; what is absent fits all. */
export interface FaultMatch {
  readonly method?: string | undefined;
  /** The end of a request's path, such as `/fapi/v1/order`; any part of a stream's. */
  readonly path?: string | undefined;
  /** A part of the query or body, or of a stream's message. */
  readonly contains?: string | undefined;
}

interface FaultBase {
  readonly match?: FaultMatch | undefined;
  /** How often it strikes. @default 1 for requests and single messages, every open connection for `close`, `stall` and `halfOpen` */
  readonly times?: number | undefined;
  /** Fitting cases that pass untouched first. @default 0 */
  readonly skip?: number | undefined;
  /** Chance, 0 to 1, with which a fitting case is struck. @default 1 */
  readonly share?: number | undefined;
}

/** What goes wrong with a request. */
export type RequestVerb =
  /** It never arrives. The client waits in vain, or its connection is reset. */
  | { readonly verb: "dropRequest"; readonly reset?: boolean | undefined }
  /** It is carried out and the connection is reset; with `silent` the client waits in vain. */
  | { readonly verb: "dropResponse"; readonly silent?: boolean | undefined }
  | { readonly verb: "delayRequest" | "delayResponse"; readonly ms: number }
  /** Another answer, with a body `{code,msg}` unless one is given; carried out before that when `executed`. */
  | {
      readonly verb: "reply";
      readonly status: number;
      readonly code?: number | undefined;
      readonly message?: string | undefined;
      readonly body?: string | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly executed: boolean;
    }
  /** A page of a proxy where JSON is expected. */
  | { readonly verb: "html"; readonly status?: number | undefined; readonly executed: boolean }
  /** The answer breaks off after some bytes. @default half of it */
  | { readonly verb: "truncate"; readonly bytes?: number | undefined }
  | { readonly verb: "redirect"; readonly location: string; readonly executed: boolean };

export type Fault = FaultBase & (({ readonly on: "request" } & RequestVerb) | ({ readonly on: "stream" } & StreamVerb));

export type FaultVerb = Fault["verb"];

/** What the client of a request sees. */
export type RequestOutcome =
  | { readonly kind: "response"; readonly response: VenueResponse }
  /** The headers promise `response`; only the first `bytes` of it come before the connection ends. */
  | { readonly kind: "truncated"; readonly response: VenueResponse; readonly bytes: number }
  | { readonly kind: "reset" }
  /** Nothing, ever. */
  | { readonly kind: "silence" };

/** A fault in force. */
export interface ActiveFault {
  readonly id: string;
  readonly fault: Fault;
  readonly struck: number;
}

interface Entry {
  readonly id: string;
  readonly fault: Fault;
  passed: number;
  struck: number;
}

/**
 * An exchange behind a network that misbehaves on request: every request and stream goes through it, and what fits a fault is struck.
 * One random source, asked only where a fault has a share, so the same calls have the same fate.
 */
export class FaultPlan {
  readonly #server: VenueServer;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #entries: Entry[] = [];
  readonly #streams = new Set<FaultyStream>();
  readonly #counts = new Map<FaultVerb, number>();
  #nextId = 1;

  constructor(options: { readonly server: VenueServer; readonly scheduler: Scheduler; readonly random: Random }) {
    this.#server = options.server;
    this.#scheduler = options.scheduler;
    this.#random = options.random;
  }

  /** Puts a fault in force and gives its id. Streams that are open are closed, stalled or cut at once unless it waits for a message. */
  add(fault: Fault): string {
    const entry: Entry = { id: `fault-${this.#nextId}`, fault, passed: 0, struck: 0 };
    this.#nextId += 1;
    this.#entries.push(entry);
    if (fault.on === "stream" && strikesWhole(fault) && fault.match?.contains === undefined) this.#strikeOpenStreams(entry);
    return entry.id;
  }

  /** Takes one back, or all. Streams that are stalled or cut go on. */
  remove(id?: string): void {
    for (let at = this.#entries.length - 1; at >= 0; at -= 1)
      if (id === undefined || this.#entries[at]?.id === id) this.#entries.splice(at, 1);
    if (id === undefined) for (const stream of this.#streams) stream.heal();
  }

  /** Faults that may still strike. */
  get active(): readonly ActiveFault[] {
    return this.#entries.map(({ id, fault, struck }) => ({ id, fault, struck }));
  }

  /** How often each kind has struck since the start. */
  get counts(): Readonly<Partial<Record<FaultVerb, number>>> {
    return Object.fromEntries(this.#counts);
  }

  /** Sends a request through the network; `answer` is called once, during this call or later. */
  request(request: VenueRequest, answer: (outcome: RequestOutcome) => void): void {
    const fault = this.#strikeRequest(request);
    const respond = (): void => answer({ kind: "response", response: this.#server.handle(request) });
    switch (fault?.verb) {
      case undefined:
        return respond();
      case "dropRequest":
        return answer({ kind: fault.reset === true ? "reset" : "silence" });
      case "dropResponse":
        this.#server.handle(request);
        return answer({ kind: fault.silent === true ? "silence" : "reset" });
      case "delayRequest":
        this.#scheduler.after(fault.ms, respond);
        return;
      case "delayResponse": {
        const response = this.#server.handle(request);
        this.#scheduler.after(fault.ms, () => answer({ kind: "response", response }));
        return;
      }
      case "truncate": {
        const response = this.#server.handle(request);
        return answer({ kind: "truncated", response, bytes: fault.bytes ?? Math.floor(response.body.length / 2) });
      }
      case "reply":
      case "html":
      case "redirect":
        if (fault.executed) this.#server.handle(request);
        return answer({ kind: "response", response: forgedResponse(fault) });
    }
  }

  /** Opens a stream through the network; undefined when it is refused or there is none. */
  open(path: string, query: string, connection: VenueConnection): VenueSession | undefined {
    const refusal = this.#strike(
      (fault) => fault.on === "stream" && fault.verb === "refuse" && fits(fault.match, { path, text: query, isStream: true }),
    );
    if (refusal !== undefined) return undefined;
    const stream = new FaultyStream({
      path,
      connection,
      scheduler: this.#scheduler,
      strike: (text, isInbound) => this.#strikeMessage(path, text, isInbound),
      onGone: () => this.#streams.delete(stream),
    });
    const session = this.#server.open(path, query, stream.connection);
    if (session === undefined) return undefined;
    this.#streams.add(stream);
    return stream.attach(session);
  }

  #strikeRequest(request: VenueRequest): RequestVerb | undefined {
    const { path, method, query, body } = request;
    const fault = this.#strike(
      (one) => one.on === "request" && fits(one.match, { path, method, text: `${query}\n${body}`, isStream: false }),
    );
    return fault?.on === "request" ? fault : undefined;
  }

  #strikeMessage(path: string, text: string, isInbound: boolean): StreamVerb | undefined {
    const fault = this.#strike((one) => {
      if (one.on !== "stream" || one.verb === "refuse" || (one.inbound ?? false) !== isInbound) return false;
      // Without a message to wait for, these have struck when they were added.
      if (strikesWhole(one) && one.match?.contains === undefined) return false;
      return fits(one.match, { path, text, isStream: true });
    });
    return fault?.on === "stream" ? fault : undefined;
  }

  /** The first fault in force that fits and strikes. */
  #strike(isFor: (fault: Fault) => boolean): Fault | undefined {
    for (const entry of this.#entries) if (isFor(entry.fault) && this.#strikes(entry)) return entry.fault;
    return undefined;
  }

  #strikes(entry: Entry): boolean {
    const { fault } = entry;
    if (entry.passed < (fault.skip ?? 0)) {
      entry.passed += 1;
      return false;
    }
    if (fault.share !== undefined && this.#random.next() >= fault.share) return false;
    entry.struck += 1;
    this.#counts.set(fault.verb, (this.#counts.get(fault.verb) ?? 0) + 1);
    const isUsedUp = entry.struck >= (fault.times ?? (strikesWhole(fault) && fault.match?.contains === undefined ? Infinity : 1));
    if (isUsedUp) this.remove(entry.id);
    return true;
  }

  #strikeOpenStreams(entry: Entry): void {
    for (const stream of this.#streams) {
      if (!this.#entries.includes(entry)) return;
      const { fault } = entry;
      if (fault.on === "stream" && fits(fault.match, { path: stream.path, text: "", isStream: true }) && this.#strikes(entry))
        stream.apply(fault);
    }
    this.remove(entry.id);
  }
}

/** Faults of the connection as a whole, not of one message. */
function strikesWhole({ verb }: Fault): boolean {
  return verb === "close" || verb === "stall" || verb === "halfOpen";
}

function fits(
  match: FaultMatch | undefined,
  subject: { readonly path: string; readonly method?: string; readonly text: string; readonly isStream: boolean },
): boolean {
  if (match === undefined) return true;
  if (match.method !== undefined && match.method !== subject.method) return false;
  if (match.contains !== undefined && !subject.text.includes(match.contains)) return false;
  if (match.path === undefined) return true;
  return subject.isStream ? subject.path.includes(match.path) : subject.path.endsWith(match.path);
}

function forgedResponse(fault: Extract<RequestVerb, { verb: "reply" | "html" | "redirect" }>): VenueResponse {
  switch (fault.verb) {
    case "html":
      return {
        status: fault.status ?? 200,
        headers: { "content-type": "text/html" },
        body: "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>",
      };
    case "redirect":
      return { status: 302, headers: { location: fault.location, "content-type": "text/html" }, body: "" };
    case "reply":
      return {
        status: fault.status,
        headers: { "content-type": "application/json;charset=UTF-8", ...fault.headers },
        body:
          fault.body ??
          JSON.stringify({ code: fault.code ?? -1000, msg: fault.message ?? "An unknown error occurred while processing the request." }),
      };
  }
}
