import type { Clock } from "../../base/clock.ts";
import { Grid } from "../../base/grid.ts";
import type { Random } from "../../base/random.ts";
import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Venue, VenueOrderRecord } from "../venue.ts";
import { AlgoOrders } from "./algo-orders.ts";
import { OrderLists } from "./order-lists.ts";
import { INVALID_SYMBOL, Refusal } from "./refusals.ts";
import { RealizedProfits } from "./realized-profits.ts";
import type { Pool } from "./limits.ts";

/** One market of the server: the venue that holds its truth, and what Binance's dialect remembers beside it. */
export class Market {
  readonly venue: Venue;
  readonly scheduler: Scheduler;
  /** The server's clock, which a fault can set wrong; events of the venue keep the venue's time. */
  readonly clock: Clock;
  readonly lists = new OrderLists();
  readonly algos: AlgoOrders;
  readonly profits: RealizedProfits;
  /** The client's name for a cancellation, by order id; spot reports show it as the order's new name. */
  readonly cancelNames = new Map<string, string>();
  /** Dead man's switches that are wound up, by symbol. */
  readonly countdowns = new Map<string, Cancel>();
  readonly #random: Random;
  readonly #grids = new Map<string, Grid>();

  constructor(options: { readonly venue: Venue; readonly scheduler: Scheduler; readonly clock: Clock; readonly random: Random }) {
    this.venue = options.venue;
    this.scheduler = options.scheduler;
    this.clock = options.clock;
    this.#random = options.random;
    this.algos = new AlgoOrders(options.venue, options.random.integer(2_000_000, 9_000_000));
    this.profits = new RealizedProfits(options.venue);
  }

  get kind(): Venue["market"] {
    return this.venue.market;
  }

  get isSpot(): boolean {
    return this.kind === "spot";
  }

  get pool(): Pool {
    return this.kind === "spot" ? "api" : this.kind === "linear" ? "fapi" : "dapi";
  }

  /** Milliseconds, whole. */
  get now(): number {
    return Math.floor(this.clock.now());
  }

  find(symbol: string): Instrument | undefined {
    return this.venue.instruments.find((instrument) => instrument.symbol === symbol);
  }

  /** The instrument of a parameter; -1121 when there is none. */
  instrument(symbol: string): Instrument {
    const instrument = this.find(symbol);
    if (instrument === undefined) throw new Refusal(INVALID_SYMBOL.code, INVALID_SYMBOL.text);
    return instrument;
  }

  /** A name as Binance makes one when the client gives none: 22 letters and digits. */
  newName(): string {
    const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let name = "";
    for (let count = 0; count < 22; count += 1) name += letters[this.#random.integer(0, letters.length - 1)] ?? "";
    return name;
  }

  /** Open orders of the matching engine: in futures without those that wait in the algo service. */
  openOrders(symbol?: string): readonly VenueOrderRecord[] {
    const orders = this.venue.openOrders(symbol);
    return this.isSpot ? orders : orders.filter((order) => !this.algos.isWaiting(order));
  }

  price(instrument: Instrument, value: number | undefined): string {
    if (value === undefined || Number.isNaN(value)) return this.isSpot ? "0.00000000" : "0";
    return this.isSpot ? value.toFixed(8) : value.toFixed(this.#grid(instrument.priceStep).decimals);
  }

  quantity(instrument: Instrument, value: number): string {
    if (this.isSpot) return value.toFixed(8);
    // What was traded by a finer step of earlier keeps its digits.
    const text = value.toFixed(this.#grid(instrument.quantityStep).decimals);
    return Number(text) === value ? text : plainNumber(value);
  }

  #grid(step: string): Grid {
    let grid = this.#grids.get(step);
    if (grid === undefined) this.#grids.set(step, (grid = new Grid(step)));
    return grid;
  }
}

/** A number in as many digits as it has, eight at most. */
function plainNumber(value: number): string {
  return value.toFixed(8).replace(/\.?0+$/, "");
}

/** An amount of money or an average price, with eight digits. */
export function amount(value: number): string {
  if (!Number.isFinite(value)) return "0.00000000";
  const text = value.toFixed(8);
  return text === "-0.00000000" ? "0.00000000" : text;
}

/** Milliseconds, whole, as every time in a message. */
export function millis(time: number): number {
  return Math.floor(time);
}

/** Value of a quantity at a price in the quote asset (linear, spot) or the base asset (inverse). */
export function valueOf(instrument: Instrument, quantity: number, price: number): number {
  if (instrument.kind === "spot") return quantity * price;
  const size = Number(instrument.contractSize);
  const isInverse = instrument.kind !== "option" && instrument.contractType === "inverse";
  return isInverse ? (quantity * size) / price : quantity * size * price;
}
