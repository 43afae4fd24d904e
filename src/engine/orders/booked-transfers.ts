import type { VenueTransfer } from "../venue-facts.ts";

/** Transfers that stay known: more than an exchange tells again after a reconnection or a restart. */
export const TRANSFERS_KEPT = 500;

/** Remembers which transfers are booked, so that what an exchange tells again is booked once. */
export class BookedTransfers {
  readonly #names = new Set<string>();
  /** Which of those before this moment are booked is no longer known one by one: all of them are. */
  #settledBefore = -Infinity;

  /** Notes one; false when it is booked already. */
  add(transfer: VenueTransfer): boolean {
    const name = `${transfer.kind}:${transfer.asset}:${transfer.id}`;
    if (transfer.time < this.#settledBefore || this.#names.has(name)) return false;
    this.#names.add(name);
    if (this.#names.size <= TRANSFERS_KEPT) return true;
    for (const oldest of this.#names) {
      this.#names.delete(oldest);
      break;
    }
    return true;
  }

  /** Takes over those that an earlier run has booked, oldest first. */
  restore(transfers: readonly VenueTransfer[]): void {
    for (const transfer of transfers) this.add(transfer);
    const [oldest] = transfers;
    if (oldest !== undefined && transfers.length >= TRANSFERS_KEPT) this.#settledBefore = oldest.time;
  }
}
