import type { Random } from "../../base/random.ts";
import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import { HOUR_MS } from "../../domain/timeframe.ts";
import { Refusal } from "./refusals.ts";

/** The keys that open user data streams of futures: one per API key, good for an hour, extended by PUT. */
export class ListenKeys {
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #keys = new Map<string, { readonly apiKey: string; cancel: Cancel }>();
  /** Told when a key has run out or was taken back. */
  onExpired: (listenKey: string) => void = () => {};

  constructor(scheduler: Scheduler, random: Random) {
    this.#scheduler = scheduler;
    this.#random = random;
  }

  has(listenKey: string): boolean {
    return this.#keys.has(listenKey);
  }

  /** The key of the account: a new one, or the one there is with another hour. */
  create(apiKey: string): string {
    const existing = this.#of(apiKey);
    if (existing !== undefined) return this.extend(apiKey);
    const listenKey = this.#draw();
    this.#keys.set(listenKey, { apiKey, cancel: this.#alarm(listenKey) });
    return listenKey;
  }

  /** Another hour; -1125 when there is no key. */
  extend(apiKey: string): string {
    const listenKey = this.#of(apiKey);
    const entry = listenKey === undefined ? undefined : this.#keys.get(listenKey);
    if (listenKey === undefined || entry === undefined) throw new Refusal(-1125, "This listenKey does not exist.");
    entry.cancel();
    entry.cancel = this.#alarm(listenKey);
    return listenKey;
  }

  remove(apiKey: string): void {
    const listenKey = this.#of(apiKey);
    if (listenKey !== undefined) this.expire(listenKey);
  }

  /** Ends one key, or all of them, now. */
  expire(listenKey?: string): void {
    for (const key of listenKey === undefined ? [...this.#keys.keys()] : [listenKey]) {
      const entry = this.#keys.get(key);
      if (entry === undefined) continue;
      entry.cancel();
      this.#keys.delete(key);
      this.onExpired(key);
    }
  }

  /** All are gone and nobody is told, as after a restart. */
  forget(): void {
    for (const { cancel } of this.#keys.values()) cancel();
    this.#keys.clear();
  }

  #alarm(listenKey: string): Cancel {
    return this.#scheduler.after(HOUR_MS, () => this.expire(listenKey));
  }

  #of(apiKey: string): string | undefined {
    for (const [listenKey, entry] of this.#keys) if (entry.apiKey === apiKey) return listenKey;
    return undefined;
  }

  #draw(): string {
    const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let key = "";
    for (let count = 0; count < 64; count += 1) key += letters[this.#random.integer(0, letters.length - 1)] ?? "";
    return key;
  }
}
