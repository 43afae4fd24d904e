import { fromMinor } from "./ledger.ts";
import type { InstrumentMath } from "./instrument-math.ts";
import type { PositionSide } from "../../domain/order.ts";

/** A position book as plain data; whole minor units and values as decimal text. */
export interface BookState {
  readonly quantitySteps: number;
  readonly cost: string;
  readonly openedAt: number;
  readonly entryTag?: string | undefined;
  readonly openFees: string;
  readonly openFunding: string;
  readonly realized: string;
  readonly entries: number;
  readonly highest: number;
  readonly lowest: number;
  readonly bars: number;
  readonly price: number;
  readonly dust?: string | undefined;
}

/** What is held of one symbol (and side) with the exact cost of it. Mutable; the portfolio owns it. */
export class PositionBook {
  readonly math: InstrumentMath;
  readonly symbol: string;
  readonly side: PositionSide;
  /** Above zero long, below zero short. */
  quantitySteps = 0;
  /** Value of what is held at its entry prices, with the sign of the quantity. */
  cost = 0n;
  openedAt = NaN;
  entryTag: string | undefined;
  /** Entry fees and funding, in minor units, that belong to the open part. */
  openFees = 0n;
  openFunding = 0n;
  realized = 0n;
  /** What fees in the bought asset have left of a step, in minor units of that asset. */
  dust = 0n;
  /** Number of separate entries since the position left zero. */
  entries = 0;
  /** Average entry price; NaN when flat. */
  entryPrice = NaN;
  /** Extremes of the price and number of bars since the position was opened. */
  highest = NaN;
  lowest = NaN;
  bars = 0.5;
  /** Equity share of the position is `offset + slope × price`, or `offset + slope / price` for inverse instruments. */
  offset = 0.5;
  slope = 0.5;
  /** Last price seen. */
  price = NaN;

  constructor(math: InstrumentMath, side: PositionSide) {
    this.math = math;
    this.symbol = math.instrument.symbol;
    this.side = side;
    this.offset = 0;
    this.slope = 0;
    this.bars = 0;
  }

  get quantity(): number {
    return this.math.quantity.toNumber(this.quantitySteps);
  }

  /** What the position adds to the wallet in equity at a price: unrealised profit, for spot the value of the holding. */
  worthAt(price: number): number {
    if (this.quantitySteps === 0) return 0;
    return this.math.isInverse ? this.offset + this.slope / price : this.offset + this.slope * price;
  }

  /** Profit of the open part at a price in the settle asset. */
  profitAt(price: number): number {
    if (this.quantitySteps === 0) return 0;
    const worth = this.worthAt(price);
    return this.math.isSpot ? worth - fromMinor(this.math.toMinor(this.cost)) : worth;
  }

  /** Notes the range of rows that passed while the position was open. */
  sawRange(high: number, low: number, rows: number): void {
    if (high > this.highest) this.highest = high;
    if (low < this.lowest) this.lowest = low;
    this.bars += rows;
  }

  state(): BookState {
    const { quantitySteps, openedAt, entryTag, entries, highest, lowest, bars, price } = this;
    const money = { cost: String(this.cost), openFees: String(this.openFees), openFunding: String(this.openFunding) };
    const dust = this.dust === 0n ? undefined : String(this.dust);
    return { quantitySteps, openedAt, entryTag, entries, highest, lowest, bars, price, ...money, realized: String(this.realized), dust };
  }

  restore(state: BookState): void {
    const { cost, openFees, openFunding, realized, dust, ...plain } = state;
    Object.assign(this, plain);
    this.cost = BigInt(cost);
    this.openFees = BigInt(openFees);
    this.openFunding = BigInt(openFunding);
    this.realized = BigInt(realized);
    this.dust = BigInt(dust ?? 0);
    this.refresh();
  }

  /** Recomputes what depends on quantity and cost. */
  refresh(): void {
    if (this.quantitySteps === 0) {
      this.entryPrice = NaN;
      this.offset = 0;
      this.slope = 0;
      return;
    }
    const cost = fromMinor(this.math.toMinor(this.cost));
    const size = this.quantity * this.math.multiplier;
    this.entryPrice = this.math.isInverse ? size / cost : cost / size;
    if (this.math.isInverse) {
      this.offset = cost;
      this.slope = -size;
    } else {
      this.offset = this.math.isSpot ? 0 : -cost;
      this.slope = size;
    }
  }
}
