import { TIMEFRAMES } from "../../domain/timeframe.ts";
import type { InstrumentMath } from "../../engine/portfolio/instrument-math.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { VenueEvent } from "../venue.ts";
import { VenueBars } from "./bars.ts";
import { DepthBook, type DepthMarket, type OwnLevel } from "./depth.ts";
import { FundingSchedule } from "./funding.ts";
import { VenueMarket } from "./market.ts";
import type { KeptOrder } from "./order-book.ts";
import type { VenueOptions } from "./options.ts";

/** Everything public of one symbol: its rules, its market, its book, its bars, its funding. */
export class SymbolState {
  readonly symbol: string;
  readonly math: InstrumentMath;
  readonly market: VenueMarket;
  readonly depth: DepthBook;
  readonly bars: VenueBars;
  readonly funding: FundingSchedule | undefined;
  /** Its rules at present; the grids below never become finer than at the start. */
  instrument: Instrument;
  nextFundingTime = Infinity;
  readonly #emit: (event: VenueEvent) => void;
  readonly #depthIntervalMs: number;
  readonly #markIntervalMs: number;
  #depthAt = -Infinity;
  #markAt = -Infinity;

  constructor(math: InstrumentMath, options: VenueOptions, { now, emit }: { now: number; emit: (event: VenueEvent) => void }) {
    const { instrument } = math;
    this.symbol = instrument.symbol;
    this.math = math;
    this.instrument = instrument;
    this.#emit = emit;
    this.#depthIntervalMs = options.depthIntervalMs ?? 100;
    this.#markIntervalMs = options.markPriceIntervalMs ?? 1_000;
    this.market = new VenueMarket(instrument, options, now);
    const { seed } = this.market;
    this.depth = new DepthBook(math, { seed, levels: options.depthLevels ?? 20 });
    this.bars = new VenueBars(this.market, {
      timeframes: options.timeframes ?? TIMEFRAMES,
      intervalMs: options.barIntervalMs ?? 1_000,
      historyDays: options.historyDays ?? 3_000,
      tell: (timeframe, bar, isClosed, time) => emit({ kind: "bar", symbol: instrument.symbol, timeframe, bar, isClosed, time }),
    });
    if (instrument.kind !== "perpetual") return;
    this.funding = new FundingSchedule({ seed, intervalHours: options.fundingIntervalHours ?? 8 });
    this.nextFundingTime = this.funding.nextTime(now);
  }

  get hasMarkPrice(): boolean {
    return !this.math.isSpot;
  }

  /** Price that margin and funding are worked out with. */
  get markPrice(): number {
    return this.hasMarkPrice ? this.market.markPrice : this.market.lastPrice;
  }

  /**
   * The market as the book shows it. An order that has taken a level and rests at its price has left nothing there: the others' best price
   * lies beyond it until the market comes back.
   */
  view(openOrders: readonly KeptOrder[]): DepthMarket {
    const { market } = this;
    if (openOrders.length === 0) return market;
    let { bidSteps, askSteps } = market;
    for (const { side, priceSteps } of openOrders.flatMap(toLevel)) {
      if (side === "buy") askSteps = Math.max(askSteps, priceSteps + 1);
      else bidSteps = Math.max(1, Math.min(bidSteps, priceSteps - 1));
    }
    return { bidSteps, askSteps, turnoverPerMinute: market.turnoverPerMinute, tradeCount: market.tradeCount };
  }

  /** Brings the book up to date and tells what changed; a busy market's changes are told together. */
  refreshDepth(time: number, openOrders: readonly KeptOrder[], isUrgent: boolean): void {
    if (!isUrgent && time < this.#depthAt + this.#depthIntervalMs) return;
    this.#depthAt = time;
    const change = this.depth.refresh(this.view(openOrders), openOrders.flatMap(toLevel));
    if (change !== undefined) this.#emit({ kind: "depth", symbol: this.symbol, ...change, time });
  }

  tellMarkPrice(time: number): void {
    if (!this.hasMarkPrice || time < this.#markAt + this.#markIntervalMs) return;
    this.#markAt = time;
    const { symbol, nextFundingTime, funding } = this;
    const isPerpetual = funding !== undefined;
    this.#emit({
      kind: "markPrice",
      symbol,
      price: this.markPrice,
      fundingRate: isPerpetual ? funding.rateAt(nextFundingTime) : 0,
      nextFundingTime: isPerpetual ? nextFundingTime : 0,
      time,
    });
  }
}

function toLevel(order: KeptOrder): OwnLevel[] {
  if (!order.isResting || order.price === undefined) return [];
  return [{ side: order.request.side, priceSteps: order.math.price.toSteps(order.price), steps: order.remainingSteps }];
}
