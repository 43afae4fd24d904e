import type { Instrument } from "../../domain/instrument.ts";
import type { Timeframe } from "../../domain/timeframe.ts";
import type { MarketCharacter } from "../../exchanges/simulated/market-character.ts";
import type { MarketPresetName } from "../../exchanges/simulated/market-presets.ts";
import type { Scheduler } from "../../base/scheduler.ts";

/** Which venue is made. The same options, the same scheduler's times and the same requests give the same events to the bit. */
export interface VenueOptions {
  readonly market: "spot" | "linear" | "inverse";
  readonly instruments: readonly Instrument[];
  readonly scheduler: Scheduler;
  /** A whole number. */
  readonly seed: number;
  /** Money at the start, in the settle asset of the first instrument. */
  readonly initialCapital?: number;
  /** Money at the start, asset by asset; adds to `initialCapital`. */
  readonly balances?: Readonly<Record<string, number>>;
  /** @default oneWay */
  readonly positionMode?: "hedge" | "oneWay";
  /** @default the published fees of Binance */
  readonly makerFeePct?: number;
  readonly takerFeePct?: number;
  /** What a purchase on spot pays its fee in. @default base, as at Binance */
  readonly buyFeeAsset?: "base" | "quote";
  /** Of every symbol at the start. @default 20, as at Binance */
  readonly leverage?: number;
  /** Of every symbol at the start. @default cross */
  readonly marginMode?: "isolated" | "cross";
  /** Price of a symbol when the venue opens. @default the preset's */
  readonly prices?: Readonly<Record<string, number>>;
  /** @default btcusdt */
  readonly preset?: MarketPresetName;
  /** What differs from the preset. */
  readonly character?: Partial<MarketCharacter>;
  /** Public trades of a symbol on average: few of them let hours pass quickly. @default the preset's (5 a second) */
  readonly tradesPerSecond?: number;
  /** Bars that are told of as events; every other one can still be asked for. @default all */
  readonly timeframes?: readonly Timeframe[];
  /** A forming bar is told at most this often, milliseconds. @default 1000 */
  readonly barIntervalMs?: number;
  /** Changes of the book are told at most this often while no own order changes it, milliseconds. @default 100 */
  readonly depthIntervalMs?: number;
  /** Levels of the book on each side. @default 20 */
  readonly depthLevels?: number;
  /** Mark prices are told this often, milliseconds. @default 1000 */
  readonly markPriceIntervalMs?: number;
  /** @default 8 */
  readonly fundingIntervalHours?: number;
  /** How far an order's price may be from the market, as factors of the mark price. @default 0.2 to 5 on spot, 0.95 to 1.05 elsewhere */
  readonly priceBand?: { readonly down: number; readonly up: number };
  /** Open orders a symbol may have. @default 200 */
  readonly openOrdersMax?: number;
  /** Days of history before the venue opens. @default 3000 */
  readonly historyDays?: number;
  /** First digits of the ids of orders, fills and transfers, so that those of two venues differ. @default 910000000 */
  readonly idPrefix?: string;
}

/** Ids that count up without a hole, as strings beyond 2^53 and below 2^63. */
export class IdCounter {
  readonly #prefix: string;
  #count = 0;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  next(): string {
    this.#count += 1;
    return this.at(this.#count);
  }

  get count(): number {
    return this.#count;
  }

  /** The id that is given out as the n-th. */
  at(count: number): string {
    return this.#prefix + String(count).padStart(10, "0");
  }
}
