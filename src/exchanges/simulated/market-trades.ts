import { MINUTE_MS } from "../../domain/timeframe.ts";
import type { Trade } from "../../domain/trade.ts";
import type { MarketSource } from "./market-bars.ts";
import { minuteRandom } from "./market-bars.ts";
import type { MarketConditions } from "./market-process.ts";
import { MinuteTape } from "./market-tape.ts";

/**
 * A market that is lived trade by trade. Its time stands still until it is told to move on, so a simulation with a clock of its own
 * asks for `nextTime` and takes the trade when that moment has come.
 */
export class SimulatedMarket {
  readonly #source: MarketSource;
  readonly #tape = new MinuteTape();
  /** Whether the tape holds the trades of the process's minute. */
  #isWritten = true;
  #cursor = 0;
  /** Trades of all minutes before the one at hand. */
  #tradesBefore = 0;
  #time: number;
  #lastPrice: number;
  #lastSide: 1 | -1 = 1;

  constructor(source: MarketSource) {
    this.#source = source;
    this.#time = source.process.openTime + MINUTE_MS;
    this.#lastPrice = source.process.close;
  }

  /** The moment reached: that of the latest trade or, when later, the one moved on to. Milliseconds since the epoch, UTC. */
  get time(): number {
    return this.#time;
  }

  /** Price of the latest trade; before the first one the start price. */
  get lastPrice(): number {
    return this.#source.priceGrid.toNumber(this.#lastPrice);
  }

  /** Best bid after the latest trade, which was made at it or at the ask. */
  get bid(): number {
    const { priceGrid, process } = this.#source;
    return priceGrid.toNumber(this.#lastSide === -1 ? this.#lastPrice : Math.max(this.#lastPrice - process.spread, 0));
  }

  /** Best ask after the latest trade. */
  get ask(): number {
    const { priceGrid, process } = this.#source;
    return priceGrid.toNumber(this.#lastSide === 1 ? this.#lastPrice : this.#lastPrice + process.spread);
  }

  get conditions(): MarketConditions {
    return this.#source.process.conditions;
  }

  /** When the next trade will be made; never before `time`. */
  get nextTime(): number {
    this.#findNext();
    return this.#tape.time[this.#cursor] as number;
  }

  /** Makes the next trade. */
  next(): Trade {
    this.#findNext();
    const { priceGrid, quantityGrid } = this.#source;
    const tape = this.#tape;
    const index = this.#cursor;
    this.#pass(index);
    return {
      id: String(this.#tradesBefore + index + 1),
      time: this.#time,
      price: priceGrid.toNumber(this.#lastPrice),
      quantity: quantityGrid.toNumber(tape.quantity[index] as number),
      takerSide: this.#lastSide === 1 ? "buy" : "sell",
    };
  }

  /** Moves on to a moment and gives every trade made until then, that moment included. An earlier moment changes nothing. */
  advanceTo(time: number): Trade[] {
    const trades: Trade[] = [];
    while (this.nextTime <= time) trades.push(this.next());
    this.#time = Math.max(this.#time, time);
    return trades;
  }

  /** As `advanceTo`, with the trades in between forgotten: about as quick as bars are, and what follows is the same. */
  skipTo(time: number): void {
    const { process } = this.#source;
    while (process.openTime + MINUTE_MS <= time) this.#nextMinute();
    while (this.nextTime <= time) this.#pass(this.#cursor);
    this.#time = Math.max(this.#time, time);
  }

  #findNext(): void {
    for (;;) {
      if (!this.#isWritten) this.#writeTape();
      if (this.#cursor < this.#tape.length) return;
      this.#nextMinute();
    }
  }

  #pass(index: number): void {
    this.#time = Math.max(this.#time, this.#tape.time[index] as number);
    this.#lastPrice = this.#tape.price[index] as number;
    this.#lastSide = this.#tape.side[index] as 1 | -1;
    this.#cursor = index + 1;
  }

  #nextMinute(): void {
    const { process } = this.#source;
    if (process.trades > 0) {
      this.#lastPrice = process.close;
      this.#lastSide = process.closeSide;
    }
    this.#tradesBefore += process.trades;
    process.step();
    this.#cursor = 0;
    this.#isWritten = false;
  }

  #writeTape(): void {
    const { process, tapeRandom } = this.#source;
    this.#tape.write(process, minuteRandom(tapeRandom, process.openTime));
    this.#isWritten = true;
  }
}
