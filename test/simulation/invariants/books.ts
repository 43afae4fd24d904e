import type { BookLevel, OrderBook } from "../../../src/domain/order-book.ts";
import type { VenueEvent } from "../../../src/sandbox/venue.ts";
import type { Fail, InvariantMaker } from "../invariant.ts";
import type { View } from "../view.ts";

/** How long ago the venue's book may have been as it is shown, milliseconds: messages are late at times. */
const AGE_MS_MAX = 120_000;

/** Watches over the books that experts are shown. */
export class BookWatch {
  #fail: Fail = () => {};
  #view: View | undefined;
  /** The venue's own levels, and when its best prices were last what they are called. */
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();
  readonly #bestAt = new Map<string, number>();
  #isBegun = false;
  #best = "";
  seen = 0;

  /** A book is never crossed, its levels are in order and above zero, and its best prices are such as the venue has had. */
  readonly invariant: InvariantMaker = (view, fail) => {
    this.#fail = fail;
    this.#view = view;
    return {
      onVenue: (event) => {
        if (event.kind === "depth" && this.seen > 0) this.#follow(event, view);
      },
    };
  };

  /** A repetition of the journal shows books again, of a time that is past. */
  isOver = false;

  readonly onBook = ({ bids, asks }: OrderBook): void => {
    if (this.isOver) return;
    this.seen += 1;
    const [bid] = bids;
    const [ask] = asks;
    if (bid === undefined || ask === undefined) return;
    if (bid.price >= ask.price) this.#fail(`the book is crossed: bid ${bid.price}, ask ${ask.price}`);
    this.#checkOrder("bids", bids, -1);
    this.#checkOrder("asks", asks, 1);
    const view = this.#view;
    if (view === undefined || !this.#isBegun || view.now < this.#followedFrom + AGE_MS_MAX) return;
    const best = `${bid.price} ${ask.price}`;
    const at = this.#bestAt.get(best);
    if (best !== this.#best && (at === undefined || view.now - at > AGE_MS_MAX))
      this.#fail(`a book is shown with bid ${bid.price} and ask ${ask.price}, which the venue has not had for two minutes`);
  };

  #followedFrom = NaN;

  #checkOrder(name: string, levels: readonly BookLevel[], sign: number): void {
    levels.forEach(({ price, quantity }, index) => {
      const before = levels[index - 1]?.price;
      if (!(quantity > 0) || (before !== undefined && sign * (price - before) <= 0))
        this.#fail(`${name}: level ${index} of ${quantity} at ${price} is out of order`);
    });
  }

  #follow({ bids, asks }: Extract<VenueEvent, { kind: "depth" }>, view: View): void {
    if (this.#isBegun) {
      apply(this.#bids, bids);
      apply(this.#asks, asks);
    } else {
      // What is told is in the venue's book already.
      this.#isBegun = true;
      this.#followedFrom = view.now;
      const depth = view.world.venue.depth(view.symbol, 5_000);
      apply(this.#bids, depth.bids);
      apply(this.#asks, depth.asks);
    }
    // The best prices so far have been so until now.
    if (this.#best !== "") this.#bestAt.set(this.#best, view.now);
    this.#best = `${Math.max(...this.#bids.keys())} ${Math.min(...this.#asks.keys())}`;
    this.#bestAt.set(this.#best, view.now);
  }
}

function apply(side: Map<number, number>, levels: readonly BookLevel[]): void {
  for (const { price, quantity } of levels) {
    if (quantity > 0) side.set(price, quantity);
    else side.delete(price);
  }
}
