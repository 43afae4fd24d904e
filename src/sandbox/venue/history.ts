import { createRandom } from "../../base/random.ts";
import { barAt, concatBars, type Bar, type BarColumns } from "../../domain/bar.ts";
import { DAY_MS, MINUTE_MS } from "../../domain/timeframe.ts";
import { createMarket, simulateBars, type MarketOptions } from "../../exchanges/simulated/market.ts";
import { findPreset } from "../../exchanges/simulated/market-presets.ts";
import { BarBuilder } from "./bar-builder.ts";
import type { VenueMarket } from "./market.ts";

/** History is made in blocks of so many days, when it is asked for, from the newest to the oldest. */
const BLOCK_MS = 30 * DAY_MS;
const HOUR_MINUTES = 60;
/** Blocks whose minutes are kept; the others keep their hours only. */
const MINUTE_BLOCKS_MAX = 4;

interface Block {
  readonly options: MarketOptions;
  readonly endTime: number;
  /** The block's own prices are multiplied with it so that it ends where the next one begins. */
  readonly factor: number;
  readonly firstOpen: number;
  readonly hours: readonly Bar[];
}

/** What a symbol did before the venue opened: a market does not begin when we look. The same seed gives the same past, whatever is asked first. */
export class MarketHistory {
  readonly #market: VenueMarket;
  /** First moment of the history, the start of a block. */
  readonly listedAt: number;
  readonly #blocks = new Map<number, Block>();
  readonly #minutes = new Map<number, BarColumns>();

  constructor(market: VenueMarket, days: number) {
    this.#market = market;
    this.listedAt = Math.max(0, Math.floor((market.startTime - days * DAY_MS) / BLOCK_MS) * BLOCK_MS);
  }

  /** Bars that begin in a range, its end excluded, and before the venue opened; the hour in which it opened ends there. */
  bars(timeframe: "1s" | "1m" | "1h", from: number, to: number): Bar[] {
    const first = Math.max(from, this.listedAt);
    const end = Math.min(to, this.#market.startTime);
    return timeframe === "1s" ? this.#seconds(first, end) : this.#stored(timeframe, first, end);
  }

  readonly #round = (quantity: number): number => this.#market.quantity.round(quantity);

  #stored(timeframe: "1m" | "1h", from: number, to: number): Bar[] {
    const bars: Bar[] = [];
    for (let index = Math.floor(from / BLOCK_MS); index * BLOCK_MS < to; index += 1) {
      if (timeframe === "1h") {
        for (const bar of this.#block(index).hours) if (bar.openTime >= from && bar.openTime < to) bars.push(bar);
        continue;
      }
      const columns = this.#minutesOf(index);
      const start = index * BLOCK_MS;
      const first = Math.max(0, Math.ceil((from - start) / MINUTE_MS));
      const end = Math.min(columns.length, Math.ceil((to - start) / MINUTE_MS));
      for (let row = first; row < end; row += 1) bars.push(barAt(columns, row));
    }
    return bars;
  }

  /** The block of an index; all newer ones are made first, because each ends where the next one begins. */
  #block(index: number): Block {
    const newest = Math.floor((this.#market.startTime - 1) / BLOCK_MS);
    for (let at = newest; at >= index; at -= 1) if (!this.#blocks.has(at)) this.#make(at, this.#blocks.get(at + 1)?.firstOpen);
    return this.#blocks.get(index) as Block;
  }

  #make(index: number, nextOpen: number = this.#market.startPrice): void {
    const { options: shared, price } = this.#market;
    const seed = createRandom(this.#market.seed)
      .fork(`history ${index}`)
      .integer(0, 2 ** 52);
    const startPrice = findPreset(shared.preset ?? "btcusdt").startPrice;
    const options: MarketOptions = { ...shared, seed, startTime: index * BLOCK_MS, startPrice };
    const endTime = Math.min((index + 1) * BLOCK_MS, this.#market.startTime);
    const raw = concatBars([...simulateBars({ ...options, endTime })]);
    const factor = nextOpen / (raw.close[raw.length - 1] as number);
    for (const column of [raw.open, raw.high, raw.low, raw.close]) {
      for (let row = 0; row < raw.length; row += 1) column[row] = scaled(column[row] as number, factor, price);
    }
    this.#keepMinutes(index, raw);
    this.#blocks.set(index, {
      options,
      endTime,
      factor,
      firstOpen: raw.open[0] as number,
      hours: hoursOf(raw, this.#round),
    });
  }

  #minutesOf(index: number): BarColumns {
    const { options, endTime, factor } = this.#block(index);
    const kept = this.#minutes.get(index);
    if (kept !== undefined) return kept;
    const raw = concatBars([...simulateBars({ ...options, endTime })]);
    for (const column of [raw.open, raw.high, raw.low, raw.close]) {
      for (let row = 0; row < raw.length; row += 1) column[row] = scaled(column[row] as number, factor, this.#market.price);
    }
    this.#keepMinutes(index, raw);
    return raw;
  }

  #keepMinutes(index: number, minutes: BarColumns): void {
    this.#minutes.set(index, minutes);
    const [oldest] = this.#minutes.keys();
    if (this.#minutes.size > MINUTE_BLOCKS_MAX && oldest !== undefined) this.#minutes.delete(oldest);
  }

  /** Seconds are not kept: the block's market is lived again from its trades. */
  #seconds(from: number, to: number): Bar[] {
    const bars: Bar[] = [];
    for (let time = from; time < to; ) {
      const index = Math.floor(time / BLOCK_MS);
      const { options, factor, endTime } = this.#block(index);
      const end = Math.min(to, endTime);
      const market = createMarket(options);
      if (time > index * BLOCK_MS) market.skipTo(time - 1);
      const price = scaled(market.lastPrice, factor, this.#market.price);
      const builder = new BarBuilder("1s", { time, price, roundQuantity: this.#round });
      for (const trade of market.advanceTo(end - 1)) {
        bars.push(...builder.closeUntil(trade.time));
        builder.add(scaled(trade.price, factor, this.#market.price), trade.quantity);
      }
      bars.push(...builder.closeUntil(end));
      time = end;
    }
    return bars.filter(({ openTime }) => openTime >= from);
  }
}

/** The hours of minutes that start with an hour; the last one may be unfinished. */
function hoursOf(minutes: BarColumns, roundQuantity: (quantity: number) => number): Bar[] {
  const { openTime, open, high, low, close, volume } = minutes;
  const hours: Bar[] = [];
  for (let first = 0; first < minutes.length; first += HOUR_MINUTES) {
    const end = Math.min(first + HOUR_MINUTES, minutes.length);
    const hour = { openTime: openTime[first] as number, open: NaN, high: -Infinity, low: Infinity, close: NaN, volume: 0 };
    for (let row = first; row < end; row += 1) {
      if (volume[row] === 0) continue;
      if (hour.volume === 0) hour.open = open[row] as number;
      hour.high = Math.max(hour.high, high[row] as number);
      hour.low = Math.min(hour.low, low[row] as number);
      hour.volume += volume[row] as number;
    }
    hour.close = close[end - 1] as number;
    // An hour without a trade shows the price before it.
    if (hour.volume === 0) Object.assign(hour, { open: hour.close, high: hour.close, low: hour.close });
    hours.push({ ...hour, volume: roundQuantity(hour.volume) });
  }
  return hours;
}

function scaled(price: number, factor: number, grid: { round(value: number): number; toNumber(steps: number): number }): number {
  return Math.max(grid.toNumber(1), grid.round(price * factor));
}
