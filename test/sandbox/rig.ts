import { createHmac } from "node:crypto";
import { VirtualScheduler } from "../../src/base/scheduler.ts";
import { defaultSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/default-sandbox.ts";
import type { RequestOutcome } from "../../src/sandbox/faults.ts";
import type { VenueSession } from "../../src/sandbox/venue-server.ts";

export const KEY = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
export const SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
/** 25 July 2026, 17:20 UTC. */
export const START = 1_785_000_000_000;

export type Values = Readonly<Record<string, string | number | boolean>>;

/** JSON of any shape: tests look at what they expect. */
// oxlint-disable-next-line typescript/no-explicit-any -- see above
export type Anything = any;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; ids beyond 2^53 are rounded here, look for them in `text`. */
  readonly body: Anything;
}

export interface Client {
  readonly session: VenueSession;
  readonly texts: string[];
  readonly pings: string[];
  /** Messages so far as JSON. */
  readonly messages: () => Anything[];
  readonly closed: () => { readonly code: number; readonly reason: string } | undefined;
}

/** A sandbox on virtual time with one client at it. */
export class Rig implements Disposable {
  readonly scheduler = new VirtualScheduler(START);
  readonly sandbox: Sandbox;
  address = "10.0.0.1";

  constructor(options: Partial<Omit<SandboxOptions, "scheduler">> = {}) {
    const { venue, ...rest } = options;
    const accounts = options.accounts ?? [{ apiKey: KEY, secret: SECRET }];
    this.sandbox = defaultSandbox({
      seed: 1,
      ...rest,
      accounts,
      scheduler: this.scheduler,
      venue: { historyDays: 2, tradesPerSecond: 1, ...venue },
    });
    this.sandbox.start();
  }

  run(ms: number): void {
    const end = this.scheduler.now() + ms;
    while (this.scheduler.nextDue <= end) this.scheduler.step();
    this.scheduler.advanceTo(end);
  }

  /** Signs as Binance's examples do and asks the server itself. */
  call(method: string, path: string, values: Values = {}, how: { readonly key?: string; readonly secret?: string } = {}): Answer {
    return this.send(method, path, signed({ timestamp: Math.floor(this.scheduler.now()), ...values }, how.secret), how.key);
  }

  /** Asks without a signature. */
  ask(path: string, values: Values = {}): Answer {
    return this.send("GET", path, queryOf(values), undefined);
  }

  send(method: string, path: string, query: string, key: string | undefined = KEY, body = ""): Answer {
    const headers: Record<string, string> = key === undefined ? {} : { "x-mbx-apikey": key };
    const {
      status,
      headers: answered,
      body: text,
    } = this.sandbox.server.handle({ method, path, query, headers, body, address: this.address });
    return { status, headers: answered, text, body: JSON.parse(text) as unknown };
  }

  /** The same through the faults; undefined while there is no answer. */
  request(method: string, path: string, values: Values = {}): () => RequestOutcome | undefined {
    const query = signed({ timestamp: Math.floor(this.scheduler.now()), ...values });
    let outcome: RequestOutcome | undefined;
    const request = { method, path, query, headers: { "x-mbx-apikey": KEY }, body: "", address: this.address };
    this.sandbox.faults.request(request, (given) => {
      outcome = given;
    });
    return () => outcome;
  }

  /** Opens a stream; pongs are answered by themselves unless `isMute`. */
  connect(path: string, query = "", isMute = false): Client {
    const texts: string[] = [];
    const pings: string[] = [];
    let ended: { readonly code: number; readonly reason: string } | undefined;
    const session = this.sandbox.faults.open(path, query, {
      address: this.address,
      send: (text) => void texts.push(text),
      ping: (payload) => {
        pings.push(payload);
        if (!isMute) session?.onPong(payload);
      },
      close: (code, reason) => {
        if (ended !== undefined) return;
        ended = { code, reason };
        session?.onClose();
      },
    });
    if (session === undefined) throw new Error(`nothing at ${path}`);
    return { session, texts, pings, messages: () => texts.map((text) => JSON.parse(text) as unknown), closed: () => ended };
  }

  /** A private stream of futures. */
  connectUser(market: "linear" | "inverse" = "linear"): Client {
    const [api, stream] = market === "linear" ? ["fapi", "usdm"] : ["dapi", "coinm"];
    const { listenKey } = this.send("POST", `/${api}/v1/listenKey`, "").body as { listenKey: string };
    return this.connect(`/${stream}/ws/${listenKey}`);
  }

  /** The events of the spot account. */
  connectSpotUser(): Client {
    const client = this.connect("/spot/ws-api/v3");
    this.say(client, "userDataStream.subscribe.signature", {}, true);
    client.texts.length = 0;
    return client;
  }

  /** Sends a request of the WebSocket API, signed or not. */
  say(client: Client, method: string, values: Values = {}, isSigned = false): void {
    const all = isSigned ? { ...values, apiKey: KEY, timestamp: Math.floor(this.scheduler.now()) } : values;
    const payload = Object.entries(all)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join("&");
    client.session.onMessage(JSON.stringify({ id: 1, method, params: isSigned ? { ...all, signature: hmac(payload) } : all }));
  }

  [Symbol.dispose](): void {
    this.sandbox.stop();
  }
}

export function queryOf(values: Values): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
}

export function signed(values: Values, secret = SECRET): string {
  const query = queryOf(values);
  return `${query}&signature=${hmac(query, secret)}`;
}

export function hmac(text: string, secret = SECRET): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}
