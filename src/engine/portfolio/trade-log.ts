import type { ClosedTrade } from "../../domain/position.ts";

/** Numbers in one trade. */
const WIDTH = 13;

/** Finished trades in columns, so that ten thousand of them cost the garbage collector nothing. */
export class TradeLog {
  #numbers = new Float64Array(WIDTH * 1024);
  readonly #texts: (string | undefined)[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Appends a trade; the object may be used again by the caller. */
  push(trade: ClosedTrade): void {
    if ((this.#length + 1) * WIDTH > this.#numbers.length) this.#grow();
    const numbers = this.#numbers;
    let at = this.#length * WIDTH;
    numbers[at++] = trade.quantity;
    numbers[at++] = trade.entryPrice;
    numbers[at++] = trade.exitPrice;
    numbers[at++] = trade.entryTime;
    numbers[at++] = trade.exitTime;
    numbers[at++] = trade.grossPnl;
    numbers[at++] = trade.fees;
    numbers[at++] = trade.funding;
    numbers[at++] = trade.netPnl;
    numbers[at++] = trade.returnRatio;
    numbers[at++] = trade.maxAdverseExcursion;
    numbers[at++] = trade.maxFavorableExcursion;
    numbers[at] = trade.barsHeld;
    this.#texts.push(trade.symbol, trade.direction, trade.exitReason, trade.entryTag, trade.exitTag);
    this.#length += 1;
  }

  /** A trade as an object of its own. */
  at(index: number): ClosedTrade {
    const numbers = this.#numbers;
    const row = index * WIDTH;
    const text = index * 5;
    return {
      symbol: this.#texts[text] as string,
      direction: this.#texts[text + 1] as ClosedTrade["direction"],
      quantity: numbers[row] as number,
      entryPrice: numbers[row + 1] as number,
      exitPrice: numbers[row + 2] as number,
      entryTime: numbers[row + 3] as number,
      exitTime: numbers[row + 4] as number,
      grossPnl: numbers[row + 5] as number,
      fees: numbers[row + 6] as number,
      funding: numbers[row + 7] as number,
      netPnl: numbers[row + 8] as number,
      returnRatio: numbers[row + 9] as number,
      maxAdverseExcursion: numbers[row + 10] as number,
      maxFavorableExcursion: numbers[row + 11] as number,
      barsHeld: numbers[row + 12] as number,
      entryTag: this.#texts[text + 3],
      exitTag: this.#texts[text + 4],
      exitReason: this.#texts[text + 2] as string,
    };
  }

  toArray(): ClosedTrade[] {
    return Array.from({ length: this.#length }, (_, index) => this.at(index));
  }

  #grow(): void {
    const larger = new Float64Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
