import { ConfigurationError } from "../../base/errors.ts";
import { Grid } from "../../base/grid.ts";
import { createRandom } from "../../base/random.ts";
import type { BarColumns } from "../../domain/bar.ts";
import { allocateBars, sliceBars } from "../../domain/bar.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { contractSizeOf, isInverse } from "../../domain/instrument.ts";
import type { Timeframe } from "../../domain/timeframe.ts";
import { MINUTE_MS, barOpenTime } from "../../domain/timeframe.ts";
import type { Trade } from "../../domain/trade.ts";
import type { MarketSource } from "./market-bars.ts";
import { BarWriter, chunkLength } from "./market-bars.ts";
import type { MarketCharacter } from "./market-character.ts";
import { checkCharacter } from "./market-character.ts";
import type { MarketPresetName } from "./market-presets.ts";
import { findPreset } from "./market-presets.ts";
import { MinuteProcess } from "./market-process.ts";
import { SimulatedMarket } from "./market-trades.ts";

/** Which market is simulated. The same options give the same market to the bit, in bars of any length and in trades. */
export interface MarketOptions {
  /** A whole number; another one is another history. */
  readonly seed: number;
  /** A whole minute, milliseconds since the epoch, UTC. @default 1 January 2024, a Monday */
  readonly startTime?: number;
  /** @default "btcusdt" */
  readonly preset?: MarketPresetName;
  /** At least 100 price steps; also what the price is slowly pulled back to over the years. @default the preset's */
  readonly startPrice?: number;
  /** Its grids and its way of counting quantity; any kind but an option. @default the preset's */
  readonly instrument?: Instrument;
  /** What differs from the preset. */
  readonly character?: Partial<MarketCharacter>;
}

export interface SimulatedBarsOptions extends MarketOptions {
  /** The start time must be the open time of such a bar. @default "1m" */
  readonly timeframe?: Timeframe;
  /** Only bars that have closed by then are made, milliseconds since the epoch, UTC. @default no end */
  readonly endTime?: number;
  /** Columns that every chunk is written into anew, for streams of any length in flat memory. @default fresh columns for every chunk */
  readonly into?: BarColumns;
}

export interface SimulatedTradesOptions extends MarketOptions {
  /** Only trades before it are made, milliseconds since the epoch, UTC. @default no end */
  readonly endTime?: number;
}

/**
 * Bars of a crypto-like market, a chunk at a time, without gaps: a bar without trades shows the last price and no volume.
 *
 * The process is a stochastic volatility model in minutes: the logarithm of volatility is a sum of mean-reverting swings from minutes
 * to months (long memory: Corsi 2009, LeBaron 2001), times a season by the clock, times a regime (Markov chain: Hamilton 1989), with
 * jumps that bring about jumps (Hawkes 1971, Aït-Sahalia et al. 2015). Volume moves with volatility (Clark 1973). Highs and lows have
 * the law of a Brownian bridge's extremes. What it must look like: Cont 2001, "Empirical properties of asset returns: stylized facts
 * and statistical issues". docs/market-simulator.md sets its figures beside those of the real BTCUSDT.
 *
 * The same seed gives the same bits on every machine: only +, −, ×, ÷ and square roots are used, which IEEE 754 defines exactly.
 * Another version of this library may give another market.
 *
 * @example
 * for (const bars of simulateBars({ seed: 1, timeframe: "1h", endTime: Date.UTC(2025, 0, 1) })) archive.write(bars);
 */
export function* simulateBars(options: SimulatedBarsOptions): Generator<BarColumns, void, undefined> {
  const { timeframe = "1m", endTime = Infinity, into } = options;
  const source = createSource(options);
  const startTime = source.process.openTime + MINUTE_MS;
  checkEnd(startTime, endTime);
  if (barOpenTime(timeframe, startTime) !== startTime) {
    const nearest = new Date(barOpenTime(timeframe, startTime)).toISOString();
    throw new ConfigurationError(`The start time of simulated ${timeframe} bars must be the open time of one, such as ${nearest}`);
  }
  const writer = new BarWriter(source, timeframe);
  for (;;) {
    const columns = into ?? allocateBars(chunkLength(timeframe));
    const rows = writer.write(columns, endTime);
    if (rows > 0) yield rows === columns.length ? columns : sliceBars(columns, 0, rows);
    if (rows < columns.length) return;
  }
}

/** The trades behind the same market's bars: built into bars of any timeframe they give what `simulateBars` gives. */
export function* simulateTrades(options: SimulatedTradesOptions): Generator<Trade, void, undefined> {
  const { endTime = Infinity } = options;
  const market = createMarket(options);
  checkEnd(market.time, endTime);
  while (market.nextTime < endTime) yield market.next();
}

/** The same market, to be lived trade by trade at the caller's pace. */
export function createMarket(options: MarketOptions): SimulatedMarket {
  return new SimulatedMarket(createSource(options));
}

function createSource(options: MarketOptions): MarketSource {
  const preset = findPreset(options.preset ?? "btcusdt");
  const { seed, startTime = Date.UTC(2024, 0, 1), startPrice = preset.startPrice, instrument = preset.instrument } = options;
  const character: MarketCharacter = { ...preset.character, ...options.character };
  checkCharacter(character);
  if (!Number.isSafeInteger(seed)) throw new ConfigurationError(`The market's seed must be a whole number, not ${seed}`);
  if (!Number.isInteger(startTime / MINUTE_MS) || startTime < 0 || startTime > START_TIME_MAX) {
    throw new ConfigurationError(`The market's startTime must be a whole minute from 1970 to 9999 in milliseconds, not ${startTime}`);
  }
  const priceGrid = new Grid(instrument.priceStep);
  const quantityGrid = new Grid(instrument.quantityStep);
  const startSteps = startPrice / Number(instrument.priceStep);
  if (!(startSteps >= 100 && startSteps <= 1e12)) {
    throw new ConfigurationError(`The market's startPrice must be 100 to 10^12 price steps of ${instrument.priceStep}, not ${startPrice}`);
  }
  const random = createRandom(seed);
  const process = new MinuteProcess({
    character,
    random: random.fork("minutes"),
    startTime,
    startPrice: startSteps,
    quantityOf: quantityOf(instrument),
  });
  return { process, tapeRandom: random.fork("tape"), priceGrid, quantityGrid };
}

const START_TIME_MAX = Date.UTC(9999, 0, 1);

/** How many quantity steps one unit of the quote asset buys at a price in price steps. */
function quantityOf(instrument: Instrument): (priceSteps: number) => number {
  if (instrument.kind === "option")
    throw new ConfigurationError("An option's price cannot be simulated by itself; simulate its underlying");
  const unit = Number(contractSizeOf(instrument)) * Number(instrument.quantityStep);
  if (isInverse(instrument)) return () => 1 / unit;
  const priceStep = Number(instrument.priceStep);
  return (priceSteps) => 1 / (priceSteps * priceStep * unit);
}

function checkEnd(startTime: number, endTime: number): void {
  if (endTime > startTime) return;
  throw new ConfigurationError(`The market's endTime must lie after its start, ${new Date(startTime).toISOString()}`);
}
