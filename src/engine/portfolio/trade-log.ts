import type { ClosedTrade } from "../../domain/position.ts";

const NUMBERS = [
  "quantity",
  "entryPrice",
  "exitPrice",
  "entryTime",
  "exitTime",
  "grossPnl",
  "fees",
  "funding",
  "netPnl",
  "returnRatio",
  "maxAdverseExcursion",
  "maxFavorableExcursion",
  "barsHeld",
] as const;
const WIDTH = NUMBERS.length;

/** Finished trades in columns, so that ten thousand of them cost the garbage collector nothing. */
export class TradeLog {
  #numbers = new Float64Array(WIDTH * 256);
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
    const numbers = Object.fromEntries(NUMBERS.map((name, column) => [name, this.#numbers[index * WIDTH + column]]));
    const [symbol, direction, exitReason, entryTag, exitTag] = this.#texts.slice(index * 5, index * 5 + 5);
    return {
      symbol,
      direction,
      ...numbers,
      ...(entryTag === undefined ? {} : { entryTag }),
      ...(exitTag === undefined ? {} : { exitTag }),
      exitReason,
    } as ClosedTrade;
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
