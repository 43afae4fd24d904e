import type { OrderBook } from "../../../src/domain/order-book.ts";
import type { Fail, InvariantMaker } from "../invariant.ts";

/** Watches over the books that experts are shown. */
export class BookWatch {
  #fail: Fail = () => {};
  seen = 0;

  /** A book is never crossed, and its levels are in order and above zero. */
  readonly invariant: InvariantMaker = (_view, fail) => {
    this.#fail = fail;
    return {};
  };

  readonly onBook = ({ bids, asks }: OrderBook): void => {
    this.seen += 1;
    const [bid] = bids;
    const [ask] = asks;
    if (bid !== undefined && ask !== undefined && bid.price >= ask.price)
      this.#fail(`the book is crossed: bid ${bid.price}, ask ${ask.price}`);
    for (const [name, levels, sign] of [["bids", bids, -1] as const, ["asks", asks, 1] as const]) {
      levels.forEach(({ price, quantity }, index) => {
        const before = levels[index - 1]?.price;
        if (!(quantity > 0) || (before !== undefined && sign * (price - before) <= 0))
          this.#fail(`${name}: level ${index} of ${quantity} at ${price} is out of order`);
      });
    }
  };
}
