import type { Clock } from "../../../../base/clock.ts";
import { DataError } from "../../../../base/errors.ts";
import type { Logger } from "../../../../base/logger.ts";
import { parseJson } from "../../../transport/lossless-json.ts";
import { fieldsOf } from "../../../transport/wire-fields.ts";
import type { Credentials } from "../credentials.ts";
import { signedWsParameters } from "../sign.ts";

/** Binance pings spot connections every 20 seconds. */
export const SPOT_SILENCE_MS = 75_000;

/**
 * Spot's private stream: a subscription on the WebSocket API, signed, which needs no logon and takes every kind of key. Listen keys are
 * gone since 20 February 2026 (binance-spot-api-docs, `web-socket-api.md`, "Subscribe to User Data Stream through signature subscription").
 */
export class SpotSubscription {
  readonly #credentials: Credentials;
  readonly #clock: Clock;
  readonly #recvWindowMs: number;
  readonly #log: Logger;
  readonly #onClockRefused: () => void;
  #count = 0;

  /** `onClockRefused`: our time is not the exchange's any more; it has to be asked for before the next try. */
  constructor(credentials: Credentials, clock: Clock, recvWindowMs: number, log: Logger, onClockRefused: () => void) {
    this.#onClockRefused = onClockRefused;
    this.#credentials = credentials;
    this.#clock = clock;
    this.#recvWindowMs = recvWindowMs;
    this.#log = log;
  }

  /** {"id":"user-1","method":"userDataStream.subscribe.signature","params":{"timestamp":1747385641636,"apiKey":"…","signature":"…"}} */
  request(): string {
    this.#count += 1;
    const timestamp = Math.floor(this.#clock.now());
    const params = signedWsParameters({ timestamp, recvWindow: this.#recvWindowMs }, this.#credentials);
    return JSON.stringify({ id: `user-${this.#count}`, method: "userDataStream.subscribe.signature", params });
  }

  /** {"id":"user-1","status":200,"result":{"subscriptionId":0}} or, refused, {"id":"user-1","status":400,"error":{"code":-1021,"msg":"…"}} */
  isAccepted(text: string): boolean {
    try {
      const answer = fieldsOf(parseJson(text), "an answer of the WebSocket API");
      if (!answer.has("status")) return false;
      if (answer.number("status") === 200) return true;
      const error = answer.maybeFields("error");
      if (error?.maybeText("code") === "-1021") this.#onClockRefused();
      this.#log.warn("Binance refuses the private stream", {
        code: error?.maybeText("code"),
        reason: error?.maybeText("msg")?.slice(0, 200),
      });
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
    return false;
  }
}
