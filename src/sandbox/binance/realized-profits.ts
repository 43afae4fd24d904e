import type { Instrument } from "../../domain/instrument.ts";
import { isInverse } from "../../domain/instrument.ts";
import type { VenueFill } from "../../engine/venue-facts.ts";
import type { Venue } from "../venue.ts";

interface Held {
  quantity: number;
  /** Average of the prices, or of their inverses for inverse contracts. */
  entry: number;
}

/** What each fill of a futures account has earned, which Binance tells with the fill (`realizedPnl`, `rp`) and the venue does not. */
export class RealizedProfits {
  readonly #venue: Venue;
  readonly #held = new Map<string, Held>();
  readonly #byTrade = new Map<string, number>();

  constructor(venue: Venue) {
    this.#venue = venue;
    if (venue.market === "spot") return;
    for (const { symbol, side, quantity, entryPrice } of venue.positions()) {
      const instrument = venue.instruments.find((one) => one.symbol === symbol);
      if (quantity === 0 || instrument === undefined) continue;
      this.#held.set(`${symbol} ${side}`, { quantity, entry: isInverse(instrument) ? 1 / entryPrice : entryPrice });
    }
  }

  /** Takes a fill into account; to be called once for each, in order. */
  add(fill: VenueFill): number {
    const instrument = this.#venue.instruments.find(({ symbol }) => symbol === fill.symbol);
    const profit = instrument === undefined ? 0 : this.#profit(instrument, fill);
    this.#byTrade.set(`${fill.symbol} ${fill.tradeId}`, profit);
    return profit;
  }

  of(fill: VenueFill): number {
    return this.#byTrade.get(`${fill.symbol} ${fill.tradeId}`) ?? 0;
  }

  #profit(instrument: Instrument, fill: VenueFill): number {
    const name = `${fill.symbol} ${fill.positionSide}`;
    const held = this.#held.get(name) ?? { quantity: 0, entry: 0 };
    this.#held.set(name, held);
    const inverse = isInverse(instrument);
    const price = inverse ? 1 / fill.price : fill.price;
    const change = fill.side === "buy" ? fill.quantity : -fill.quantity;
    const isReducing = held.quantity * change < 0;
    const closed = isReducing ? Math.min(Math.abs(change), Math.abs(held.quantity)) : 0;
    const size = instrument.kind === "spot" ? 1 : Number(instrument.contractSize);
    const direction = Math.sign(held.quantity) * (inverse ? -1 : 1);
    const profit = closed * size * (price - held.entry) * direction;
    const before = held.quantity;
    // Sums of decimals leave crumbs; a position that is gone is gone.
    held.quantity = Math.abs(before + change) < 1e-9 ? 0 : before + change;
    if (!isReducing) held.entry = (Math.abs(before) * held.entry + Math.abs(change) * price) / (Math.abs(before) + Math.abs(change));
    else if (Math.abs(change) > Math.abs(before)) held.entry = price;
    return profit;
  }
}
