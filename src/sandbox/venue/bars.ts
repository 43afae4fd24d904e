import type { Bar } from "../../domain/bar.ts";
import { HOUR_MS, SECOND_MS, barOpenTime, timeframeMs, type Timeframe } from "../../domain/timeframe.ts";
import type { Trade } from "../../domain/trade.ts";
import { BarBuilder, mergeBars } from "./bar-builder.ts";
import { MarketHistory } from "./history.ts";
import type { VenueMarket } from "./market.ts";

/** Closed minutes and hours that are kept of the time since the venue opened. */
const KEPT_MAX = 60_000;

export interface BarTeller {
  (timeframe: Timeframe, bar: Bar, isClosed: boolean, time: number): void;
}

/** The bars of one symbol: history from before the venue opened, then what the trades make of them. */
export class VenueBars {
  readonly #market: VenueMarket;
  readonly #history: MarketHistory;
  readonly #tell: BarTeller;
  readonly #intervalMs: number;
  /** Minutes and hours first; then what is told of besides. */
  readonly #builders: BarBuilder[];
  readonly #told: ReadonlySet<Timeframe>;
  readonly #minutes: Bar[] = [];
  readonly #hours: Bar[] = [];
  #toldAt = -Infinity;
  /** Up to when bars have been closed. */
  #time: number;

  constructor(
    market: VenueMarket,
    options: {
      readonly timeframes: readonly Timeframe[];
      readonly intervalMs: number;
      readonly historyDays: number;
      readonly tell: BarTeller;
    },
  ) {
    this.#market = market;
    this.#history = new MarketHistory(market, options.historyDays);
    this.#tell = options.tell;
    this.#intervalMs = options.intervalMs;
    this.#told = new Set(options.timeframes);
    this.#time = market.startTime;
    this.#builders = [...new Set<Timeframe>(["1m", "1h", ...options.timeframes])].map((timeframe) => this.#begin(timeframe));
  }

  /** First moment that there are bars of. */
  get listedAt(): number {
    return this.#history.listedAt;
  }

  /** Takes a trade in. */
  add({ time, price, quantity }: Trade): void {
    this.closeUntil(time);
    for (const builder of this.#builders) builder.add(price, quantity);
    if (time < this.#toldAt + this.#intervalMs) return;
    this.#toldAt = time;
    for (const builder of this.#builders) {
      if (this.#told.has(builder.timeframe)) this.#tell(builder.timeframe, builder.bar, false, time);
    }
  }

  /** Closes what ends by a moment. */
  closeUntil(time: number): void {
    if (time <= this.#time) return;
    this.#time = time;
    for (const builder of this.#builders) {
      if (builder.closeTime > time) continue;
      for (const bar of builder.closeUntil(time)) this.#close(builder.timeframe, bar, time);
    }
  }

  /** Bars that open in a range, both ends included, oldest first, the forming one last; the newest of them where there are too many and no start is given. */
  bars(timeframe: Timeframe, { from, to, limit }: { readonly from?: number; readonly to?: number; readonly limit: number }): Bar[] {
    if (limit <= 0) return [];
    const length = timeframe === "1M" ? 1.04 * timeframeMs(timeframe) : timeframeMs(timeframe);
    const last = Math.min(to ?? Infinity, this.#time);
    const first = Math.max(from ?? barOpenTime(timeframe, last - (limit - 1) * length), this.#history.listedAt);
    // What lies beyond the limit need not be made.
    const end = from === undefined ? last : Math.min(last, first + limit * length);
    const bars = this.#between(timeframe, barOpenTime(timeframe, first), end).filter(
      ({ openTime }) => openTime >= first && openTime <= end,
    );
    return from === undefined ? bars.slice(-limit) : bars.slice(0, limit);
  }

  /** Bars from one that opens at `from` to the one that `to` lies in. */
  #between(timeframe: Timeframe, from: number, to: number): Bar[] {
    if (timeframe === "1s") return this.#secondsBetween(from, to);
    const fine = timeframeMs(timeframe) < HOUR_MS ? "1m" : "1h";
    const { startTime } = this.#market;
    const end = nextOpen(timeframe, to);
    const isWhole = fine === "1h" && this.#told.has("1h");
    const pastEnd = Math.min(end, isWhole ? barOpenTime("1h", startTime) : startTime);
    const parts = from < pastEnd ? this.#history.bars(fine, from, pastEnd) : [];
    for (const bar of this.#live(fine)) if (bar.openTime >= from && bar.openTime < end) parts.push(bar);
    const merged = joinHalves(parts, fine, this.#round);
    return timeframe === fine ? merged : mergeBars(merged, timeframe, this.#round);
  }

  /** Seconds are made from the trades that are still known. */
  #secondsBetween(from: number, to: number): Bar[] {
    const { startTime } = this.#market;
    const bars = from < startTime ? this.#history.bars("1s", from, to) : [];
    const { time, price } = this.#market.tapeStart;
    const builder = new BarBuilder("1s", { time, price, roundQuantity: this.#round });
    for (const trade of this.#market.tradesBetween(time, to + SECOND_MS)) {
      bars.push(...builder.closeUntil(trade.time));
      builder.add(trade.price, trade.quantity);
    }
    bars.push(...builder.closeUntil(to));
    if (builder.openTime <= to) bars.push(builder.bar);
    return bars.filter(({ openTime }) => openTime >= from && openTime <= to);
  }

  #live(timeframe: "1m" | "1h"): readonly Bar[] {
    const builder = this.#builders.find((one) => one.timeframe === timeframe);
    const closed = timeframe === "1m" ? this.#minutes : this.#hours;
    return builder === undefined ? closed : [...closed, builder.bar];
  }

  /** The builder of a timeframe with what history has of its first bar. */
  #begin(timeframe: Timeframe): BarBuilder {
    const { startTime, startPrice } = this.#market;
    const openTime = barOpenTime(timeframe, startTime);
    // The hours that are kept hold only what is live: the first of them is joined with its history when it is asked for.
    const isKept = timeframe === "1h" && !this.#told.has("1h");
    const past =
      openTime === startTime || isKept || openTime < this.#history.listedAt
        ? []
        : this.#history.bars(timeframeMs(timeframe) < HOUR_MS ? "1m" : "1h", openTime, startTime);
    const builder = new BarBuilder(timeframe, { time: startTime, price: past[0]?.open ?? startPrice, roundQuantity: this.#round });
    for (const bar of past) builder.merge(bar);
    return builder;
  }

  readonly #round = (quantity: number): number => this.#market.quantity.round(quantity);

  #close(timeframe: Timeframe, bar: Bar, time: number): void {
    if (timeframe === "1m") keep(this.#minutes, bar);
    if (timeframe === "1h") keep(this.#hours, bar);
    if (this.#told.has(timeframe)) this.#tell(timeframe, bar, true, time);
  }
}

/** Joins the part of an hour before the venue opened with the part after it. */
function joinHalves(bars: readonly Bar[], timeframe: Timeframe, roundQuantity: (quantity: number) => number): Bar[] {
  const joined: Bar[] = [];
  for (const bar of bars) {
    const before = joined.at(-1);
    if (before === undefined || before.openTime !== bar.openTime) joined.push(bar);
    else joined.splice(-1, 1, ...mergeBars([before, bar], timeframe, roundQuantity));
  }
  return joined;
}

function nextOpen(timeframe: Timeframe, time: number): number {
  return barOpenTime(timeframe, barOpenTime(timeframe, time) + timeframeMs(timeframe) * (timeframe === "1M" ? 1.1 : 1));
}

function keep(bars: Bar[], bar: Bar): void {
  bars.push(bar);
  if (bars.length >= 2 * KEPT_MAX) bars.splice(0, KEPT_MAX);
}
