import { ExchangeError, MetaExpertError } from "../../../../base/errors.ts";
import type { Cancel, Scheduler } from "../../../../base/scheduler.ts";
import { fieldsOf } from "../../../transport/wire-fields.ts";
import type { Endpoints } from "../../endpoints.ts";
import type { BinanceClient } from "../client.ts";
import { basePath } from "../requests/order-requests.ts";

/** Binance pings futures connections every 3 minutes. */
export const FUTURES_SILENCE_MS = 400_000;

/** A listen key is good for 60 minutes after it was given or last prolonged. */
const PROLONG_MS = 25 * 60_000;
const PROLONG_AGAIN_MS = 60_000;
const KEY_UNKNOWN = "-1125";

/**
 * The private stream of futures is an address that holds a listen key, given by `POST /fapi/v1/listenKey` and prolonged by `PUT`. Asking
 * again gives the same key while it is good.
 */
export class ListenKey {
  readonly #client: BinanceClient;
  readonly #endpoints: Endpoints;
  readonly #scheduler: Scheduler;
  readonly #onLost: (reason: string) => void;
  #prolonging: Cancel | undefined;

  constructor(client: BinanceClient, endpoints: Endpoints, scheduler: Scheduler, onLost: (reason: string) => void) {
    this.#client = client;
    this.#endpoints = endpoints;
    this.#scheduler = scheduler;
    this.#onLost = onLost;
  }

  /** The stream's address, with a key that is good. {"listenKey":"pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1"} */
  async address(): Promise<string> {
    const answer = await this.#client.sendKeyed({ method: "POST", path: this.#path, parameters: {} });
    const key = fieldsOf(answer, "a listen key").text("listenKey");
    this.#prolongIn(PROLONG_MS);
    return `${this.#endpoints.streams.private}/ws/${encodeURIComponent(key)}`;
  }

  stop(): void {
    this.#prolonging?.();
  }

  get #path(): string {
    return `${basePath(this.#endpoints.market)}/listenKey`;
  }

  #prolongIn(delayMs: number): void {
    this.#prolonging?.();
    this.#prolonging = this.#scheduler.after(delayMs, () => void this.#prolong());
  }

  async #prolong(): Promise<void> {
    try {
      await this.#client.sendKeyed({ method: "PUT", path: this.#path, parameters: {} });
      this.#prolongIn(PROLONG_MS);
    } catch (error) {
      if (!(error instanceof MetaExpertError)) throw error;
      if (error instanceof ExchangeError && error.exchangeCode === KEY_UNKNOWN) return this.#onLost(error.message);
      // There is half an hour left to try again.
      this.#prolongIn(PROLONG_AGAIN_MS);
    }
  }
}
