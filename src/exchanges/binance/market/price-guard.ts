/** How far a price may jump between two messages, as a factor either way. Nothing that trades has moved so far within seconds. */
const JUMP_MAX = 100;

/** Tells prices that can be from those that cannot, by the last one that was. */
export class PriceGuard {
  #reference = NaN;

  /** Whether a price lies within reach; everything does before the first. */
  isPlausible(price: number): boolean {
    // Written so that an unknown reference lets everything pass.
    return !(price > this.#reference * JUMP_MAX || price < this.#reference / JUMP_MAX);
  }

  /** Takes over a price that has been found good. */
  accept(price: number): void {
    this.#reference = price;
  }
}
