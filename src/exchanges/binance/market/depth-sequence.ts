/** What an update of the book is to the state we hold. */
export type DepthVerdict =
  /** It continues the state. */
  | "next"
  /** Everything in it is in the state already. */
  | "old"
  /** Something between the state and it is missing: the state is worth nothing. */
  | "gap";

/**
 * The published rules by which updates follow a snapshot.
 *
 * Spot (web-socket-streams.md, "How to manage a local order book correctly"): an update whose last id is not beyond ours is ignored; one
 * whose first id lies more than one beyond ours shows a gap.
 *
 * Futures (developers.binance.com, the page of the same name, USDⓈ-M and COIN-M alike): drop what ends before the snapshot; the first update
 * used has `U <= id <= u`; from then on every `pu` is the `u` before. An update tells every change after its `pu`, so a snapshot that falls
 * into the hole between `pu` and `U` is continued by it too: on a quiet symbol there would be no other (ids count over all symbols).
 */
export class DepthSequence {
  readonly #isFutures: boolean;
  #last = -1;
  /** Whether the next update is the first one after a snapshot, or after a change of connection. */
  #isFirst = true;

  constructor(isFutures: boolean) {
    this.#isFutures = isFutures;
  }

  /** Id of the state we hold. */
  get last(): number {
    return this.#last;
  }

  /** Starts from a snapshot. */
  start(snapshotId: number): void {
    this.#last = snapshotId;
    this.#isFirst = true;
  }

  /** The updates now come over another connection, which may cut them differently: the next one has to join like the first after a snapshot. */
  bridge(): void {
    this.#isFirst = true;
  }

  /** Judges an update; one that is next becomes the state. */
  judge(first: number, last: number, previous: number): DepthVerdict {
    const verdict = this.#isFutures ? this.#judgeFutures(last, previous) : this.#judgeSpot(first, last);
    if (verdict === "next") {
      this.#last = last;
      this.#isFirst = false;
    }
    return verdict;
  }

  #judgeSpot(first: number, last: number): DepthVerdict {
    if (last <= this.#last) return "old";
    return first > this.#last + 1 ? "gap" : "next";
  }

  #judgeFutures(last: number, previous: number): DepthVerdict {
    if (this.#isFirst) {
      if (last < this.#last) return "old";
      return previous >= 0 && previous <= this.#last ? "next" : "gap";
    }
    if (previous === this.#last) return "next";
    return last <= this.#last ? "old" : "gap";
  }
}
