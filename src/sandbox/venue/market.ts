import { Grid } from "../../base/grid.ts";
import { createRandom } from "../../base/random.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { MINUTE_MS, SECOND_MS } from "../../domain/timeframe.ts";
import type { Side, Trade } from "../../domain/trade.ts";
import { createMarket, type MarketOptions } from "../../exchanges/simulated/market.ts";
import { findPreset } from "../../exchanges/simulated/market-presets.ts";
import type { SimulatedMarket } from "../../exchanges/simulated/market-trades.ts";
import type { VenueStatus } from "../venue.ts";
import type { VenueOptions } from "./options.ts";

/** The market of a symbol starts so long before the venue opens, so that there is something to see. */
const LEAD_MS = 5 * MINUTE_MS;
const TAPE_LENGTH = 20_000;
/** Within this time a mark price follows the last one to a share of 1 - 1/e. */
const MARK_MEMORY_MS = 30_000;

/** What one symbol trades at: the simulated market moved to where the operator has moved it, and every trade made, our own included. */
export class VenueMarket {
  readonly instrument: Instrument;
  readonly price: Grid;
  readonly quantity: Grid;
  readonly seed: number;
  /** When the market begins; what is earlier is history. */
  readonly startTime: number;
  readonly startPrice: number;
  readonly options: Omit<MarketOptions, "seed" | "startTime" | "startPrice">;
  status: VenueStatus = "trading";
  readonly #market: SimulatedMarket;
  /** The newest trades; the first is number `#dropped + 1`. */
  readonly #tape: Trade[] = [];
  #dropped = 0;
  /** Our prices over the simulated market's. */
  #scale = 1;
  #lastSteps: number;
  #bidSteps = 0;
  #askSteps = 0;
  #markPrice: number;
  #markTime: number;

  constructor(instrument: Instrument, options: VenueOptions, now: number) {
    this.instrument = instrument;
    this.price = new Grid(instrument.priceStep);
    this.quantity = new Grid(instrument.quantityStep);
    this.seed = createRandom(options.seed)
      .fork(instrument.symbol)
      .integer(0, 2 ** 52);
    this.startTime = Math.max(0, Math.floor(now / MINUTE_MS) * MINUTE_MS - LEAD_MS);
    const preset = findPreset(options.preset ?? "btcusdt");
    this.startPrice = this.price.round(options.prices?.[instrument.symbol] ?? preset.startPrice);
    const { tradesPerSecond, character } = options;
    const pace = tradesPerSecond === undefined ? {} : { tradesPerMinute: 60 * tradesPerSecond };
    this.options = { preset: options.preset ?? "btcusdt", instrument, character: { ...character, ...pace } };
    this.#market = createMarket({ ...this.options, seed: this.seed, startTime: this.startTime, startPrice: this.startPrice });
    this.#lastSteps = this.price.toSteps(this.startPrice);
    this.#markPrice = this.startPrice;
    this.#markTime = this.startTime;
    this.#quoteAround("sell");
  }

  /** When the simulated market trades next. */
  get nextTime(): number {
    return this.#market.nextTime;
  }

  get lastPrice(): number {
    return this.price.toNumber(this.#lastSteps);
  }

  /** A mark price that follows the last price with some inertia. */
  get markPrice(): number {
    return this.price.round(this.#markPrice);
  }

  get bidSteps(): number {
    return this.#bidSteps;
  }

  get askSteps(): number {
    return this.#askSteps;
  }

  /** Value that trades in a minute, in the quote asset. */
  get turnoverPerMinute(): number {
    return this.#market.conditions.turnoverPerMinute;
  }

  /** Number of trades ever made, which is the newest one's id. */
  get tradeCount(): number {
    return this.#dropped + this.#tape.length;
  }

  /** Lets the simulated market make its next trade; undefined while the symbol does not trade. */
  next(): Trade | undefined {
    const { time, price, quantity, takerSide } = this.#market.next();
    if (this.status !== "trading") return undefined;
    const steps = Math.max(1, this.price.toSteps(price * this.#scale));
    const trade = this.record({ time, steps, quantity, takerSide });
    this.#quoteAround(takerSide);
    return trade;
  }

  /** Moves the market to a price by one trade, and the mark price with it; from there it goes on as it would have. */
  moveTo(steps: number, time: number): Trade {
    const takerSide = steps >= this.#lastSteps ? "buy" : "sell";
    this.#scale = this.price.toNumber(steps) / this.#market.lastPrice;
    const trade = this.record({ time, steps, quantity: this.quantity.toNumber(1), takerSide });
    this.#markPrice = trade.price;
    this.#quoteAround(takerSide);
    return trade;
  }

  /** Puts a trade on the tape, without touching the quotes. */
  record(facts: { readonly time: number; readonly steps: number; readonly quantity: number; readonly takerSide: Side }): Trade {
    const { time, steps, quantity, takerSide } = facts;
    this.#lastSteps = steps;
    const trade: Trade = { id: String(this.tradeCount + 1), time, price: this.price.toNumber(steps), quantity, takerSide };
    this.#tape.push(trade);
    if (this.#tape.length >= 2 * TAPE_LENGTH) this.#dropped += this.#tape.splice(0, TAPE_LENGTH).length;
    this.#mark(trade.price, time);
    return trade;
  }

  tradesFrom(fromId: number | undefined, limit: number): readonly Trade[] {
    if (fromId === undefined) return limit > 0 ? this.#tape.slice(-limit) : [];
    const first = Math.max(0, fromId - 1 - this.#dropped);
    return this.#tape.slice(first, first + limit);
  }

  /** Trades that are still known of a time, its end excluded. */
  tradesBetween(from: number, to: number): readonly Trade[] {
    return this.#tape.filter(({ time }) => time >= from && time < to);
  }

  /** From when on the trades are all known, and the price before them. */
  get tapeStart(): { readonly time: number; readonly price: number } {
    const first = this.#tape[0];
    if (this.#dropped === 0 || first === undefined) return { time: this.startTime, price: this.startPrice };
    return { time: Math.ceil(first.time / SECOND_MS) * SECOND_MS, price: first.price };
  }

  #mark(price: number, time: number): void {
    const elapsed = Math.max(0, time - this.#markTime);
    this.#markPrice += (price - this.#markPrice) * (elapsed / (elapsed + MARK_MEMORY_MS));
    this.#markTime = Math.max(time, this.#markTime);
  }

  /** The trade was made at the ask by a buyer, at the bid by a seller. */
  #quoteAround(takerSide: Side): void {
    const { bid, ask } = this.#market;
    const spread = Math.max(1, Math.round(((ask - bid) * this.#scale) / Number(this.instrument.priceStep)));
    this.#bidSteps = Math.max(1, takerSide === "sell" ? this.#lastSteps : this.#lastSteps - spread);
    this.#askSteps = Math.max(this.#bidSteps + 1, takerSide === "sell" ? this.#lastSteps + spread : this.#lastSteps);
  }
}
