import { assert } from "../../../base/assert.ts";
import { DataError, ExchangeError, NetworkError, RateLimitedError } from "../../../base/errors.ts";
import type { Scheduler } from "../../../base/scheduler.ts";
import type { HttpResponse, HttpTransport } from "../../transport/http.ts";
import { parseJson } from "../../transport/lossless-json.ts";
import { buildQuery, type QueryParameters } from "../../transport/query.ts";
import type { Priority, RateLimiter } from "../../transport/rate-limiter.ts";
import { ServerClock } from "../../transport/server-clock.ts";
import { fieldsOf } from "../../transport/wire-fields.ts";
import type { Endpoints } from "../endpoints.ts";
import { createBinanceLimiter, silenceAskedBy } from "../rate-limits.ts";
import { timeOf } from "./wire.ts";

export interface PublicRestOptions {
  readonly endpoints: Endpoints;
  readonly http: HttpTransport;
  readonly scheduler: Scheduler;
  /** Shared with whoever else asks Binance from this address. @default one of its own */
  readonly limiter?: RateLimiter | undefined;
}

/** One question to the exchange. */
export interface RestQuestion {
  /** Without the market's prefix: "klines". */
  readonly path: string;
  readonly parameters?: QueryParameters;
  /** What it costs by the market's table. */
  readonly weight: number;
  /** Orders go first. @default "background" */
  readonly priority?: Priority;
  /** How long it may wait for its turn, milliseconds. @default 10000 */
  readonly waitMs?: number;
}

const PREFIX = { spot: "/api/v3", linear: "/fapi/v1", inverse: "/dapi/v1" } as const;

const TIMEOUT_MS = 10_000;

/** Questions of public market data: weighed, timed, every failure one of ours. */
export class PublicRest {
  readonly #options: PublicRestOptions;
  readonly #limiter: RateLimiter;
  /** The exchange's clock, as far as answers have told it. */
  readonly clock: ServerClock;

  constructor(options: PublicRestOptions) {
    const { scheduler, endpoints, limiter } = options;
    this.#options = options;
    this.#limiter = limiter ?? createBinanceLimiter({ market: endpoints.market, scheduler });
    this.clock = new ServerClock({ exchange: "Binance", clock: scheduler, askTime: () => this.#askTime() });
  }

  /** The local clock, milliseconds. */
  get localTime(): number {
    return this.#options.scheduler.now();
  }

  /** The parsed answer; a `MetaExpertError` when there is none. Nothing is asked twice. */
  async get({ path, parameters = {}, weight, priority = "background", waitMs }: RestQuestion): Promise<unknown> {
    const { endpoints, http } = this.#options;
    const turn = this.#limiter.acquire({ weight }, priority, waitMs);
    if (turn !== undefined) await turn;
    assert(
      Object.values(parameters).every((value) => typeof value !== "number" || Number.isInteger(value)),
      `numbers in a question are whole: ${path}`,
    );
    const query = buildQuery(parameters);
    const route = `${PREFIX[endpoints.market]}/${path}`;
    const response = await http.send({
      method: "GET",
      url: `${endpoints.rest}${route}${query === "" ? "" : `?${query}`}`,
      timeoutMs: TIMEOUT_MS,
    });
    this.#observe(response);
    if (response.status >= 200 && response.status < 300) return parseJson(response.body, { where: `GET ${route}` });
    throw this.#failure(route, response);
  }

  async #askTime(): Promise<number> {
    const answer = fieldsOf(await this.get({ path: "time", weight: 1 }), "time");
    return timeOf(answer.raw("serverTime"), "time serverTime");
  }

  #observe({ headers }: HttpResponse): void {
    const used = Number(headers["x-mbx-used-weight-1m"]);
    if (Number.isFinite(used) && used >= 0) this.#limiter.observe("weight", used);
  }

  #failure(route: string, response: HttpResponse): Error {
    const { status, body } = response;
    const silenceMs = silenceAskedBy(response, this.clock.now());
    if (silenceMs !== undefined) {
      this.#limiter.penalty(this.localTime + silenceMs);
      return new RateLimitedError("Binance", silenceMs);
    }
    if (status >= 500) return new NetworkError(`Binance is out of order (HTTP ${status} on ${route}); it is asked again later`);
    if (status === 403 || status === 451) {
      return new ExchangeError(
        `Binance serves nothing to this address (HTTP ${status} on ${route}); check where the connection comes out`,
        String(status),
      );
    }
    return refusal(route, status, body);
  }
}

/** {"code":-1121,"msg":"Invalid symbol."} */
function refusal(route: string, status: number, body: string): Error {
  try {
    const answer = fieldsOf(parseJson(body, { where: route }), route);
    const code = answer.text("code");
    return new ExchangeError(`Binance refuses ${route}: ${answer.text("msg").slice(0, 200)} (${code})`, code);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return new NetworkError(`Binance answers ${route} with HTTP ${status} and no reason`);
  }
}
