import { DataError, MetaExpertError } from "../../../../base/errors.ts";
import type { Logger } from "../../../../base/logger.ts";
import type { Cancel, Scheduler } from "../../../../base/scheduler.ts";
import type { Balance } from "../../../../domain/account.ts";
import type { GatewayListener } from "../../../../engine/gateway.ts";
import type { VenueTransfer } from "../../../../engine/venue-facts.ts";
import { parseJson } from "../../../transport/lossless-json.ts";
import type { OrderNames } from "../order-names.ts";
import { decodeUserEvent } from "./decode.ts";
import type { UserFact } from "./user-fact.ts";

export interface DeliveryOptions {
  readonly listener: GatewayListener;
  readonly names: OrderNames;
  readonly scheduler: Scheduler;
  readonly log: Logger;
  readonly askBalances: () => Promise<readonly Balance[]>;
  readonly askTransfers: (since: number) => Promise<readonly VenueTransfer[]>;
  /** The stream says of itself that it ends; `isOver` when it brings nothing more already. */
  readonly onEnded: (reason: string, isOver: boolean) => void;
}

/** The history of income is behind the stream by seconds. */
const INCOME_DELAYS_MS: readonly number[] = [2_000, 10_000, 30_000];
/** How far the moment of a movement in the history may lie from the stream's. */
const INCOME_TOLERANCE_MS = 60_000;

/** Hands on what the private stream says: orders under our names, movements of money with the id that they have in the history. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #timers = new Set<Cancel>();
  readonly #unheard = new Map<string, number>();
  #invalid = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Messages that could not be read, and kinds that were not known, with how often. */
  get oddities(): { readonly invalid: number; readonly unheard: ReadonlyMap<string, number> } {
    return { invalid: this.#invalid, unheard: this.#unheard };
  }

  message(text: string): void {
    let facts: readonly UserFact[];
    try {
      const message = parseJson(text, { where: "a private message" });
      facts = decodeUserEvent(message);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#invalid += 1;
      this.#options.log.warn("a private message cannot be read", { reason: error.message, count: this.#invalid });
      return;
    }
    for (const fact of facts) this.#deliver(fact);
  }

  stop(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #deliver(fact: UserFact): void {
    const { listener, names, log, onEnded } = this.#options;
    switch (fact.kind) {
      case "order": {
        const order = names.nameOrder(fact.order);
        names.remember(order);
        return listener.onOrder(order);
      }
      case "fill": {
        const order = names.nameOrder(fact.order);
        names.remember(order);
        return listener.onFill(names.nameFill(fact.fill), order);
      }
      case "triggered":
        return names.rememberActual(fact.order, fact.actualOrderId);
      case "balances":
        return listener.onBalances(fact.balances, fact.time);
      case "position":
        return listener.onPosition(fact.position, fact.time);
      case "transfer":
        return listener.onTransfer(fact.transfer);
      case "income":
        return this.#followIncome(fact, 0);
      case "balancesChanged":
        log.warn(fact.reason);
        return this.#tellBalances();
      case "ended":
        return onEnded(fact.reason, !fact.reason.includes("shut down"));
      case "notice":
        return fact.isUrgent ? log.warn(fact.text) : log.info(fact.text);
      case "nothing":
        return;
      case "unheard":
        return this.#count(fact.event);
    }
  }

  /** A kind that is not known is told once and counted after; there is room for a hundred. */
  #count(event: string): void {
    const count = this.#unheard.get(event) ?? 0;
    if (count === 0) this.#options.log.warn("a private message of a kind that this version does not know", { event });
    if (count > 0 || this.#unheard.size < 100) this.#unheard.set(event, count + 1);
  }

  #tellBalances(): void {
    const { askBalances, listener, scheduler } = this.#options;
    void askBalances().then(
      (balances) => listener.onBalances(balances, scheduler.now()),
      (error: unknown) => this.#failed("balances cannot be asked for", error),
    );
  }

  /** Asks the history for the movement until it is there; what is not found then is found by whoever reconciles. */
  #followIncome(event: { readonly asset: string; readonly time: number }, attempt: number): void {
    const { scheduler, askTransfers, listener } = this.#options;
    const delayMs = INCOME_DELAYS_MS[attempt];
    if (delayMs === undefined) return;
    const cancel = scheduler.after(delayMs, () => {
      this.#timers.delete(cancel);
      void askTransfers(event.time - INCOME_TOLERANCE_MS).then(
        (transfers) => {
          for (const transfer of transfers) listener.onTransfer(transfer);
          const isThere = transfers.some(({ asset, time }) => asset === event.asset && time >= event.time - INCOME_TOLERANCE_MS);
          if (!isThere) this.#followIncome(event, attempt + 1);
        },
        (error: unknown) => {
          this.#failed("the history of income cannot be asked for", error);
          this.#followIncome(event, attempt + 1);
        },
      );
    });
    this.#timers.add(cancel);
  }

  #failed(what: string, error: unknown): void {
    const reason = error instanceof MetaExpertError ? error.message : "an error that this version does not know";
    this.#options.log.warn(what, { reason });
  }
}
