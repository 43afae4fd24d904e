import { portableLog } from "../../base/portable-math.ts";
import type { BookLevel } from "../../domain/order-book.ts";
import type { Grid } from "../../base/grid.ts";
import type { InstrumentMath } from "../../engine/portfolio/instrument-math.ts";
import type { FillPart } from "../../exchanges/simulated/part-matching.ts";
import type { VenueDepth } from "../venue.ts";

/** Distance of the levels of the book as a share of the price. */
const LEVEL_SHARE = 0.00001;
/** What a level holds on average as a share of the value traded in a minute. */
const LEVEL_TURNOVER = 0.04;
/** The first update of a book; ids are large, but books are read as numbers everywhere. */
const FIRST_UPDATE_ID = 1_000_000_000;

export interface DepthMarket {
  readonly bidSteps: number;
  readonly askSteps: number;
  readonly turnoverPerMinute: number;
  readonly tradeCount: number;
}

export interface OwnLevel {
  readonly side: "buy" | "sell";
  readonly priceSteps: number;
  readonly steps: number;
}

export interface DepthChange {
  readonly first: number;
  readonly last: number;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

type Levels = Map<number, number>;

/**
 * The order book of one symbol around its quote: levels on round prices whose quantity is drawn from the price itself, so that they stay
 * when the quote moves, and own resting orders among them.
 */
export class DepthBook {
  readonly #math: InstrumentMath;
  readonly #seed: number;
  readonly #levels: number;
  #bids: Levels = new Map();
  #asks: Levels = new Map();
  #lastUpdateId = FIRST_UPDATE_ID;

  constructor(math: InstrumentMath, { seed, levels }: { readonly seed: number; readonly levels: number }) {
    this.#math = math;
    this.#seed = (seed % 2 ** 32) | 0;
    this.#levels = levels;
  }

  /** Brings the book up to date; undefined when nothing changed. */
  refresh(market: DepthMarket, own: readonly OwnLevel[]): DepthChange | undefined {
    const average = this.#averageSteps(market);
    const bids = this.#side(market.bidSteps, -1, market.tradeCount, average);
    const asks = this.#side(market.askSteps, 1, market.tradeCount, average);
    for (const { side, priceSteps, steps } of own) {
      const levels = side === "buy" ? bids : asks;
      levels.set(priceSteps, (levels.get(priceSteps) ?? 0) + steps);
    }
    const bidChanges = changesBetween(this.#bids, bids);
    const askChanges = changesBetween(this.#asks, asks);
    this.#bids = bids;
    this.#asks = asks;
    const count = bidChanges.length + askChanges.length;
    if (count === 0) return undefined;
    const first = this.#lastUpdateId + 1;
    this.#lastUpdateId += count;
    return { first, last: this.#lastUpdateId, bids: this.#toLevels(bidChanges, -1), asks: this.#toLevels(askChanges, 1) };
  }

  snapshot(levels: number): VenueDepth {
    return {
      lastUpdateId: this.#lastUpdateId,
      bids: this.#toLevels([...this.#bids], -1).slice(0, levels),
      asks: this.#toLevels([...this.#asks], 1).slice(0, levels),
    };
  }

  /** What a taker would get of the others' orders, best first, up to a limit price. */
  partsFor(taker: "buy" | "sell", market: DepthMarket, { steps, limit }: { readonly steps: number; readonly limit: number }): FillPart[] {
    const isBuy = taker === "buy";
    const others = this.#side(isBuy ? market.askSteps : market.bidSteps, isBuy ? 1 : -1, market.tradeCount, this.#averageSteps(market));
    const parts: FillPart[] = [];
    let left = steps;
    for (const [priceSteps, available] of [...others].toSorted(([a], [b]) => (isBuy ? a - b : b - a))) {
      const price = this.#math.price.toNumber(priceSteps);
      if (left === 0 || (isBuy ? price > limit : price < limit)) break;
      const taken = Math.min(left, available);
      parts.push({ price, steps: taken });
      left -= taken;
    }
    return parts;
  }

  /** Quantity of the best levels. */
  best(): { readonly bid: BookLevel | undefined; readonly ask: BookLevel | undefined } {
    const { bids, asks } = this.snapshot(1);
    return { bid: bids[0], ask: asks[0] };
  }

  #side(best: number, direction: 1 | -1, tradeCount: number, average: number): Levels {
    const levels: Levels = new Map();
    // The best level is somebody else's after every trade.
    levels.set(best, this.#quantityAt(best, direction, tradeCount, average));
    const gap = Math.max(1, Math.round(best * LEVEL_SHARE));
    let price = direction > 0 ? Math.floor(best / gap) * gap + gap : Math.ceil(best / gap) * gap - gap;
    while (levels.size < this.#levels && price > 0) {
      levels.set(price, this.#quantityAt(price, direction, 0, average));
      price += direction * gap;
    }
    return levels;
  }

  /** Mostly small, sometimes large. */
  #quantityAt(priceSteps: number, direction: number, salt: number, average: number): number {
    const share = hash(this.#seed, priceSteps * 2 + (direction > 0 ? 1 : 0), salt);
    return Math.max(1, Math.round(average * (0.1 + 2.7 * share * share)));
  }

  /** The market's pace in steps, in powers of two: it changes seldom, so that the book does not change as a whole with each minute. */
  #averageSteps({ bidSteps, turnoverPerMinute }: DepthMarket): number {
    const { price, quantity, multiplier, isInverse } = this.#math;
    const value = 2 ** Math.round(portableLog(Math.max(1, turnoverPerMinute * LEVEL_TURNOVER)) / Math.LN2);
    const unit = isInverse ? multiplier : multiplier * price.toNumber(bidSteps);
    return value / unit / Number(quantity.step);
  }

  #toLevels(levels: readonly (readonly [number, number])[], direction: 1 | -1): BookLevel[] {
    const { price, quantity } = this.#math;
    return levels
      .toSorted(([a], [b]) => direction * (a - b))
      .map(([priceSteps, steps]) => ({ price: toNumber(price, priceSteps), quantity: toNumber(quantity, steps) }));
  }
}

function toNumber(grid: Grid, steps: number): number {
  return grid.toNumber(steps);
}

function changesBetween(before: Levels, after: Levels): (readonly [number, number])[] {
  const changes: (readonly [number, number])[] = [];
  for (const price of before.keys()) if (!after.has(price)) changes.push([price, 0]);
  for (const [price, steps] of after) if (before.get(price) !== steps) changes.push([price, steps]);
  return changes;
}

/** A number from 0 to 1 that three whole numbers always give (the finalizer of MurmurHash3). */
function hash(seed: number, key: number, salt: number): number {
  let mixed = seed ^ Math.imul(key | 0, 0x9e3779b1) ^ Math.imul(Math.floor(key / 2 ** 32), 0x5f356495) ^ Math.imul(salt | 0, 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
