import type { Clock } from "../../base/clock.ts";

export interface LoggedRequest {
  /** Milliseconds since the epoch, UTC. */
  readonly time: number;
  readonly method: string;
  readonly path: string;
  /** Without signatures, keys and listen keys. */
  readonly query: string;
  /** `200`, `reset`, `silence`, `opened`, `refused`. */
  readonly outcome: string;
}

const LENGTH = 1_000;
const TEXT_LENGTH = 512;

/** The latest requests and connections, without anything that opens an account. */
export class RequestLog {
  readonly #clock: Clock;
  readonly #entries: LoggedRequest[] = [];
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(request: { readonly method: string; readonly path: string; readonly query: string; readonly outcome: string }): void {
    this.#count += 1;
    const { method, outcome } = request;
    const path = request.path.slice(0, TEXT_LENGTH).replaceAll(/[A-Za-z0-9]{40,}/g, "…");
    this.#entries.push({ time: Math.floor(this.#clock.now()), method, path, query: withoutSecrets(request.query), outcome });
    if (this.#entries.length >= 2 * LENGTH) this.#entries.splice(0, LENGTH);
  }

  /** Requests and connections since the start. */
  get count(): number {
    return this.#count;
  }

  /** Newest last. */
  latest(limit: number): readonly LoggedRequest[] {
    return this.#entries.slice(-Math.min(limit, LENGTH));
  }
}

function withoutSecrets(query: string): string {
  return query.slice(0, 4 * TEXT_LENGTH).replaceAll(/(signature|listenKey|apiKey|streams)=[^&]*/g, "$1=…");
}
