import type { VenueTransfer } from "../venue-facts.ts";

/** What a restart has to know of the money that moved without a trade. */
export interface BookedTransfersState {
  /** Time of the latest one, milliseconds. */
  readonly until: number;
  /** Names of the latest ones. */
  readonly ids: readonly string[];
}

/** How long before the latest one an exchange may still tell of one that it has not told yet, milliseconds. */
const LATENESS_MS = 120_000;
/** More than an exchange tells of within that time. */
const IDS_MAX = 500;

/** Remembers which transfers are booked, so that what an exchange tells again after a restart is booked once. */
export class BookedTransfers {
  #ids: string[] = [];
  #until = -Infinity;
  /** All before this moment were booked by an earlier run. */
  #settledBefore = -Infinity;

  /** Notes one; false when it is booked already. */
  add(transfer: VenueTransfer): boolean {
    const name = `${transfer.kind}:${transfer.asset}:${transfer.id}`;
    if (transfer.time < this.#settledBefore || this.#ids.includes(name)) return false;
    this.#ids.push(name);
    if (this.#ids.length > IDS_MAX) this.#ids.shift();
    this.#until = Math.max(this.#until, transfer.time);
    return true;
  }

  state(): BookedTransfersState {
    return { until: this.#until, ids: [...this.#ids] };
  }

  restore({ until, ids }: BookedTransfersState): void {
    this.#until = until;
    this.#ids = [...ids];
    this.#settledBefore = until - LATENESS_MS;
  }
}
