import { assert } from "../base/assert.ts";
import type { Grid } from "../base/grid.ts";
import type { BookLevel, OrderBook } from "../domain/order-book.ts";
import { LadderSide } from "./ladder-side.ts";

export interface BookLadderOptions {
  readonly symbol: string;
  /** Every price of the book is a whole number of its steps. */
  readonly priceGrid: Grid;
  /** Every quantity of the book is a whole number of its steps. */
  readonly quantityGrid: Grid;
  /** Levels of each side that `view` shows. @default 20 */
  readonly depth?: number;
}

/** An order book that changes level by level, in whole steps of its grids. It does not know how changes are proven; see the exchange's own rules. */
export class BookLadder {
  readonly symbol: string;
  readonly priceGrid: Grid;
  readonly quantityGrid: Grid;
  /** The book as an expert sees it, best levels first. One object, always the present state; its levels are reused too. */
  readonly view: OrderBook;
  /** Milliseconds since the epoch, UTC, of the state. */
  time = 0;
  readonly #bids = new LadderSide();
  readonly #asks = new LadderSide();

  constructor({ symbol, priceGrid, quantityGrid, depth = 20 }: BookLadderOptions) {
    assert(Number.isInteger(depth) && depth > 0, "depth is a whole number of levels above zero");
    this.symbol = symbol;
    this.priceGrid = priceGrid;
    this.quantityGrid = quantityGrid;
    this.view = createView(this, depth, this.#bids, this.#asks);
  }

  /** What is bid at a price, both in whole steps; 0 removes the level. */
  setBid(priceSteps: number, quantitySteps: number): void {
    this.#bids.set(-priceSteps, quantitySteps);
  }

  /** What is asked at a price, both in whole steps; 0 removes the level. */
  setAsk(priceSteps: number, quantitySteps: number): void {
    this.#asks.set(priceSteps, quantitySteps);
  }

  /** Forgets everything. */
  reset(): void {
    this.#bids.clear();
    this.#asks.clear();
    this.time = 0;
  }

  /** Price steps of the best bid; NaN without bids. */
  get bestBid(): number {
    return -this.#bids.bestKey;
  }

  /** Price steps of the best ask; NaN without asks. */
  get bestAsk(): number {
    return this.#asks.bestKey;
  }

  /** Quantity steps at the best bid; 0 without bids. */
  get bestBidQuantity(): number {
    return this.#bids.bestQuantity;
  }

  /** Quantity steps at the best ask; 0 without asks. */
  get bestAskQuantity(): number {
    return this.#asks.bestQuantity;
  }

  /** Whether somebody bids as much as somebody asks: impossible at an exchange, so the book is wrong. */
  get isCrossed(): boolean {
    return -this.#bids.bestKey >= this.#asks.bestKey;
  }

  /** Levels of both sides. */
  get size(): number {
    return this.#bids.size + this.#asks.size;
  }

  /** Quantity steps bid at a price. */
  bidAt(priceSteps: number): number {
    return this.#bids.quantityAt(-priceSteps);
  }

  /** Quantity steps asked at a price. */
  askAt(priceSteps: number): number {
    return this.#asks.quantityAt(priceSteps);
  }
}

interface MutableLevel {
  price: number;
  quantity: number;
}

/** Own, enumerable properties: a copy by spreading or as JSON holds the state of its moment. */
function createView(ladder: BookLadder, depth: number, bids: LadderSide, asks: LadderSide): OrderBook {
  const keys = new Float64Array(depth);
  const quantities = new Float64Array(depth);
  const shown = { bids: [] as MutableLevel[], asks: [] as MutableLevel[] };
  const spare = { bids: [] as MutableLevel[], asks: [] as MutableLevel[] };

  function levels(side: "bids" | "asks"): readonly BookLevel[] {
    const count = (side === "bids" ? bids : asks).read(keys, quantities, depth);
    const list = shown[side];
    while (list.length > count) spare[side].push(list.pop() as MutableLevel);
    while (list.length < count) list.push(spare[side].pop() ?? { price: 0, quantity: 0 });
    for (let row = 0; row < count; row += 1) {
      const level = list[row] as MutableLevel;
      level.price = ladder.priceGrid.toNumber(Math.abs(keys[row] as number));
      level.quantity = ladder.quantityGrid.toNumber(quantities[row] as number);
    }
    return list;
  }

  return {
    symbol: ladder.symbol,
    get time() {
      return ladder.time;
    },
    get bids() {
      return levels("bids");
    },
    get asks() {
      return levels("asks");
    },
  };
}
