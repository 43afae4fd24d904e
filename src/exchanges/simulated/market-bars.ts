import type { Grid } from "../../base/grid.ts";
import type { Random } from "../../base/random.ts";
import type { BarColumns } from "../../domain/bar.ts";
import type { Timeframe } from "../../domain/timeframe.ts";
import { MINUTE_MS, SECOND_MS, barCloseTime, timeframeMs } from "../../domain/timeframe.ts";
import type { MinuteProcess } from "./market-process.ts";
import { MinuteTape } from "./market-tape.ts";

/** The parts of a market that its faces share. */
export interface MarketSource {
  readonly process: MinuteProcess;
  /** Parent of each minute's own stream, so that the trades of a minute do not depend on whether earlier ones were looked at. */
  readonly tapeRandom: Random;
  readonly priceGrid: Grid;
  readonly quantityGrid: Grid;
}

/** Writes the market's bars into columns, one after the other without an end. */
export class BarWriter {
  readonly #source: MarketSource;
  readonly #timeframe: Timeframe;
  readonly #tape = new MinuteTape();
  /** Next second of the minute at hand, 0 to 59; 60 when the next minute must be lived first. */
  #second = 60;
  #cursor = 0;
  #lastClose: number;
  #openTime: number;

  constructor(source: MarketSource, timeframe: Timeframe) {
    this.#source = source;
    this.#timeframe = timeframe;
    this.#lastClose = source.process.close;
    this.#openTime = source.process.openTime + MINUTE_MS;
  }

  /** Fills rows from the first on, as far as the columns reach or as bars have closed by `endTime`; gives the number of rows. */
  write(columns: BarColumns, endTime: number): number {
    if (this.#timeframe === "1m") return this.#writeMinutes(columns, endTime);
    let row = 0;
    while (row < columns.length) {
      const closeTime = barCloseTime(this.#timeframe, this.#openTime);
      if (closeTime > endTime) break;
      columns.openTime[row] = this.#openTime;
      if (this.#timeframe === "1s") this.#writeSecond(columns, row);
      else this.#writeMerged(columns, row, (closeTime - this.#openTime) / MINUTE_MS);
      this.#openTime = closeTime;
      row += 1;
    }
    return row;
  }

  #writeMinutes(columns: BarColumns, endTime: number): number {
    const { process, priceGrid, quantityGrid } = this.#source;
    const rows = Math.max(0, Math.min(columns.length, Math.floor((endTime - process.openTime) / MINUTE_MS) - 1));
    const { openTime, open, high, low, close, volume } = columns;
    for (let row = 0; row < rows; row += 1) {
      process.step();
      openTime[row] = process.openTime;
      open[row] = priceGrid.toNumber(process.open);
      high[row] = priceGrid.toNumber(process.high);
      low[row] = priceGrid.toNumber(process.low);
      close[row] = priceGrid.toNumber(process.close);
      volume[row] = quantityGrid.toNumber(process.volume);
    }
    return rows;
  }

  #writeMerged(columns: BarColumns, row: number, minutes: number): void {
    const { process } = this.#source;
    let open = process.close;
    let high = open;
    let low = open;
    let volume = 0;
    for (let minute = 0; minute < minutes; minute += 1) {
      process.step();
      if (process.trades === 0) continue;
      if (volume === 0) {
        open = process.open;
        high = process.high;
        low = process.low;
      }
      if (process.high > high) high = process.high;
      if (process.low < low) low = process.low;
      volume += process.volume;
    }
    this.#put(columns, row, open, high, low, process.close, volume);
  }

  #writeSecond(columns: BarColumns, row: number): void {
    if (this.#second === 60) this.#liveMinute();
    const tape = this.#tape;
    const end = this.#openTime + SECOND_MS;
    const first = this.#cursor;
    let high = -Infinity;
    let low = Infinity;
    let volume = 0;
    while (this.#cursor < tape.length && (tape.time[this.#cursor] as number) < end) {
      const price = tape.price[this.#cursor] as number;
      high = Math.max(high, price);
      low = Math.min(low, price);
      volume += tape.quantity[this.#cursor] as number;
      this.#cursor += 1;
    }
    this.#second += 1;
    if (first === this.#cursor) return this.#put(columns, row, this.#lastClose, this.#lastClose, this.#lastClose, this.#lastClose, 0);
    this.#lastClose = tape.price[this.#cursor - 1] as number;
    this.#put(columns, row, tape.price[first] as number, high, low, this.#lastClose, volume);
  }

  #liveMinute(): void {
    const { process, tapeRandom } = this.#source;
    process.step();
    this.#tape.write(process, minuteRandom(tapeRandom, process.openTime));
    this.#second = 0;
    this.#cursor = 0;
  }

  #put(columns: BarColumns, row: number, open: number, high: number, low: number, close: number, volume: number): void {
    const { priceGrid, quantityGrid } = this.#source;
    columns.open[row] = priceGrid.toNumber(open);
    columns.high[row] = priceGrid.toNumber(high);
    columns.low[row] = priceGrid.toNumber(low);
    columns.close[row] = priceGrid.toNumber(close);
    columns.volume[row] = quantityGrid.toNumber(volume);
  }
}

/** The stream of chance that lays out the trades of one minute. */
export function minuteRandom(parent: Random, openTime: number): Random {
  return parent.fork(String(openTime));
}

/** How many bars of a timeframe make a chunk of about `rows` rows without a wait of seconds for coarse bars. */
export function chunkLength(timeframe: Timeframe): number {
  const minutes = timeframeMs(timeframe) / MINUTE_MS;
  return Math.max(16, Math.min(16_384, Math.floor(1_000_000 / Math.max(minutes, 1))));
}
