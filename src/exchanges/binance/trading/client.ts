import { AuthenticationError, ExchangeError, NetworkError, RateLimitedError } from "../../../base/errors.ts";
import type { Scheduler } from "../../../base/scheduler.ts";
import type { HttpResponse, HttpTransport } from "../../transport/http.ts";
import { parseJson } from "../../transport/lossless-json.ts";
import type { Priority, RateLimiter } from "../../transport/rate-limiter.ts";
import { ServerClock } from "../../transport/server-clock.ts";
import { fieldsOf } from "../../transport/wire-fields.ts";
import type { Endpoints } from "../endpoints.ts";
import { silenceAskedBy } from "../rate-limits.ts";
import { Credentials } from "./credentials.ts";
import { costOf, USAGE_HEADERS } from "./limits.ts";
import { rejectClassOf } from "./reject-codes.ts";
import type { BinanceRequest } from "./requests/binance-request.ts";
import { basePath } from "./requests/order-requests.ts";
import { signedQuery } from "./sign.ts";

export interface ClientOptions {
  readonly endpoints: Endpoints;
  readonly http: HttpTransport;
  readonly scheduler: Scheduler;
  readonly credentials: Credentials;
  readonly limiter: RateLimiter;
  readonly timeoutMs: number;
  readonly recvWindowMs: number;
}

/** How a request is sent: who goes first, and how long it may wait for its turn. */
export interface SendOptions {
  readonly priority?: Priority;
  readonly waitMs?: number;
}

/**
 * Signed requests to one market of Binance. Each is dated by the server's clock at the moment it leaves, valid for a short window, sent
 * once, and counted against the limits, which learn from every answer.
 */
export class BinanceClient {
  readonly clock: ServerClock;
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
    const { scheduler, endpoints } = options;
    this.clock = new ServerClock({ exchange: "Binance", clock: scheduler, askTime: () => this.#askTime(endpoints) });
  }

  /** Any answer, whatever its status; rejected with a `NetworkError` or a `RateLimitedError` without one. */
  async send(request: BinanceRequest, options: SendOptions = {}): Promise<HttpResponse> {
    await this.#turn(request, options);
    const { credentials, recvWindowMs } = this.#options;
    const timestamp = String(Math.floor(this.clock.now()));
    const query = signedQuery({ ...request.parameters, recvWindow: String(recvWindowMs), timestamp }, credentials);
    return this.#deliver(request, query);
  }

  /** A request that carries the key and no signature, as those for a listen key do. */
  async sendKeyed(request: BinanceRequest): Promise<unknown> {
    await this.#turn(request, {});
    return this.#read(request, await this.#deliver(request, ""));
  }

  /** The answer to a question, parsed. Anything but a good answer is a `MetaExpertError`. */
  async ask(request: BinanceRequest, options: SendOptions = {}): Promise<unknown> {
    return this.#read(request, await this.send(request, options));
  }

  async #turn(request: BinanceRequest, { priority = "normal", waitMs }: SendOptions): Promise<void> {
    const { limiter } = this.#options;
    const turn = waitMs === undefined ? limiter.acquire(costOf(request), priority) : limiter.acquire(costOf(request), priority, waitMs);
    if (turn !== undefined) await turn;
  }

  async #deliver({ method, path }: BinanceRequest, query: string): Promise<HttpResponse> {
    const { endpoints, http, credentials, timeoutMs } = this.#options;
    const base = path.startsWith("/sapi/") ? endpoints.wallet : endpoints.rest;
    const response = await http.send({
      method,
      url: `${base ?? endpoints.rest}${path}${query === "" ? "" : `?${query}`}`,
      headers: { "X-MBX-APIKEY": Credentials.apiKeyOf(credentials) },
      timeoutMs,
    });
    this.#learn(response);
    return response;
  }

  /** Takes in what an answer tells of limits, and asks for the time again when ours was refused. */
  #learn(response: HttpResponse): void {
    const { limiter, scheduler } = this.#options;
    const { status, headers, body } = response;
    for (const [header, limit] of Object.entries(USAGE_HEADERS)) {
      const used = headers[header];
      if (used !== undefined) limiter.observe(limit, Number(used));
    }
    const silenceMs = silenceAskedBy(response, this.clock.now());
    if (silenceMs !== undefined) {
      const until = scheduler.now() + silenceMs;
      // Too many orders: questions and cancels go on.
      if (status === 429 && body.includes("-1015")) limiter.penalty(until, "orders10s");
      else limiter.penalty(until);
    }
    // What cannot be asked now is asked with the next answer of this kind.
    if (body.length < 1000 && body.includes("-1021")) void this.clock.resync().catch(() => undefined);
  }

  async #askTime({ market, rest }: Endpoints): Promise<number> {
    const { http, limiter, timeoutMs } = this.#options;
    const path = `${basePath(market)}/time`;
    const turn = limiter.acquire(costOf({ method: "GET", path }), "cancel");
    if (turn !== undefined) await turn;
    const response = await http.send({ method: "GET", url: rest + path, timeoutMs });
    this.#learn(response);
    const request: BinanceRequest = { method: "GET", path, parameters: {} };
    return fieldsOf(this.#read(request, response), `GET ${path}`).number("serverTime");
  }

  #read(request: BinanceRequest, response: HttpResponse): unknown {
    const silenceMs = silenceAskedBy(response, this.clock.now());
    if (silenceMs !== undefined) throw new RateLimitedError("Binance", silenceMs);
    return readAnswer(this.#options.endpoints.market, request, response);
  }
}

function readAnswer(market: Endpoints["market"], { method, path }: BinanceRequest, response: HttpResponse): unknown {
  const where = `${method} ${path}`;
  const { status, body } = response;
  if (status >= 200 && status <= 299) return parseJson(body, { where });
  const code = /"code"\s*:\s*(-?\d{1,7})\b/.exec(body)?.[1] ?? "";
  const message = /"msg"\s*:\s*"([^"]{1,200})"/.exec(body)?.[1] ?? "no reason given";
  const said = `Binance answered ${status}${code === "" ? "" : ` (${code})`} to ${where}: ${message}`;
  const rejectClass = rejectClassOf(market, code);
  if (status === 401 || status === 403 || rejectClass === "permission") {
    throw new AuthenticationError(`${said}; check the key, its rights and the addresses it is bound to`);
  }
  if (status >= 500) throw new NetworkError(said);
  throw new ExchangeError(said, code);
}
