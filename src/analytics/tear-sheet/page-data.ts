import { barCloseTime } from "../../domain/timeframe.ts";
import { deepestDrawdowns, listDrawdowns, underwater } from "../drawdowns.ts";
import { largest, mean, smallest } from "../moments.ts";
import { returnsOf, samplingOf } from "../returns.ts";
import { sharpeRatio } from "../ratios.ts";
import type { Drawdown, RunRecord } from "../run-record.ts";

/** Times as whole seconds, each after the first as the distance from the one before: short and still exact. */
export type PackedTimes = readonly number[];

/** What the page's script draws. */
export interface PageData {
  readonly currency: string;
  readonly initialCapital: number;
  readonly symbol: string;
  readonly equity: {
    readonly time: PackedTimes;
    readonly equity: readonly number[];
    readonly hold: readonly number[];
    readonly drawdown: readonly number[];
  };
  readonly drawdowns: readonly { readonly peak: number; readonly trough: number; readonly end: number; readonly ratio: number }[];
  /** Absent when there are too few days. */
  readonly rolling?: { readonly window: number; readonly time: PackedTimes; readonly value: readonly number[] };
  readonly distribution?: {
    readonly low: number;
    readonly step: number;
    readonly counts: readonly number[];
    readonly mean: number;
    readonly idle: number;
  };
  readonly price?: {
    readonly timeframe: string;
    readonly time: PackedTimes;
    readonly open: readonly number[];
    readonly high: readonly number[];
    readonly low: readonly number[];
    readonly close: readonly number[];
    readonly digits: number;
    readonly plots: readonly { readonly name: string; readonly time: PackedTimes; readonly value: readonly number[] }[];
  };
  /** One row for each trade, in the order of `TRADE_COLUMNS`. */
  readonly trades: readonly (readonly (number | string)[])[];
}

/** What a row of `trades` holds; times are seconds, `return` and excursions percents. */
export const TRADE_COLUMNS = [
  "number",
  "symbol",
  "direction",
  "quantity",
  "entryTime",
  "entryPrice",
  "exitTime",
  "exitPrice",
  "profit",
  "return",
  "fees",
  "adverse",
  "favorable",
  "bars",
  "tag",
  "reason",
] as const;

const CURVE_BUCKETS = 1_200;
const BARS_MAX = 10_000;
const PLOTS_MAX = 8;
/** Even, so that zero lies between two of them. */
const HISTOGRAM_BARS = 40;

/** The data behind the page's charts and its trade list, thinned out to what can be seen. */
export function pageData(record: RunRecord): PageData {
  const rolling = rollingSharpe(record);
  const distribution = histogram(returnsOf(record.equity.daily.equity, record.equity.startEquity));
  const price = priceData(record);
  return {
    currency: record.currency,
    initialCapital: record.initialCapital,
    symbol: record.symbols[0] ?? "",
    equity: equityData(record),
    drawdowns: worstDrawdowns(record).map(({ peakTime, troughTime, recoveryTime, ratio }) => ({
      peak: seconds(peakTime),
      trough: seconds(troughTime),
      end: seconds(Number.isNaN(recoveryTime) ? record.equity.lastTime : recoveryTime),
      ratio: short(ratio),
    })),
    ...(rolling === undefined ? {} : { rolling }),
    ...(distribution === undefined ? {} : { distribution }),
    ...(price === undefined ? {} : { price }),
    trades: record.trades.map((trade, index) => [
      index + 1,
      trade.symbol,
      trade.direction,
      short(trade.quantity),
      seconds(trade.entryTime),
      short(trade.entryPrice),
      seconds(trade.exitTime),
      short(trade.exitPrice),
      short(trade.netPnl),
      short(trade.returnRatio * 100),
      short(trade.fees + trade.funding),
      short(trade.maxAdverseExcursion * 100),
      short(trade.maxFavorableExcursion * 100),
      trade.barsHeld,
      trade.entryTag ?? "",
      trade.exitReason,
    ]),
  };
}

/** The five deepest drawdowns of the recorded curve, the deepest as it was measured on every bar. */
export function worstDrawdowns({ equity }: RunRecord): Drawdown[] {
  const { curve, maxDrawdown } = equity;
  const found = listDrawdowns(curve.time.subarray(0, curve.length), curve.equity.subarray(0, curve.length));
  const worst = deepestDrawdowns(found, 5);
  if (maxDrawdown === undefined) return worst;
  const overlaps = ({ peakTime, recoveryTime }: Drawdown): boolean =>
    peakTime <= maxDrawdown.troughTime && (Number.isNaN(recoveryTime) || recoveryTime >= maxDrawdown.troughTime);
  return [maxDrawdown, ...worst.filter((drawdown) => !overlaps(drawdown)).slice(0, 4)];
}

/** The curve with the lowest and the highest point of each stretch, so that no extreme is lost. */
function equityData({ equity }: RunRecord): PageData["equity"] {
  const { curve, startEquity, firstPrice } = equity;
  const depths = underwater(curve.equity.subarray(0, curve.length));
  const kept = keepExtremes(curve.equity.subarray(0, curve.length), CURVE_BUCKETS);
  return {
    time: packTimes(kept.map((index) => curve.time[index] as number)),
    equity: kept.map((index) => short(curve.equity[index] as number)),
    hold: kept.map((index) => short((startEquity * (curve.price[index] as number)) / firstPrice)),
    drawdown: kept.map((index) => short((depths[index] as number) * -100, 4)),
  };
}

function keepExtremes(values: Float64Array, buckets: number): number[] {
  const size = Math.max(1, Math.ceil(values.length / buckets));
  const kept = new Set<number>();
  if (values.length > 0) kept.add(0).add(values.length - 1);
  for (let from = 0; from < values.length; from += size) {
    let low = from;
    let high = from;
    for (let index = from; index < Math.min(values.length, from + size); index += 1) {
      if ((values[index] as number) < (values[low] as number)) low = index;
      if ((values[index] as number) > (values[high] as number)) high = index;
    }
    kept.add(low).add(high);
  }
  return [...kept].toSorted((left, right) => left - right);
}

/** Sharpe ratio of the last 90 days (30 in a short run, 12 periods where bars are longer than a day) at each day's end. */
function rollingSharpe({ equity }: RunRecord): PageData["rolling"] {
  const { daily, startEquity } = equity;
  const returns = returnsOf(daily.equity, startEquity);
  const { period, periodsPerYear } = samplingOf(daily.time);
  const window = period !== "day" ? 12 : returns.length >= 180 ? 90 : 30;
  if (returns.length < window + 10) return undefined;
  const points = Array.from({ length: returns.length - window + 1 }, (_, index) => ({
    time: daily.time[index + window - 1] as number,
    value: sharpeRatio(returns.subarray(index, index + window), { periodsPerYear }),
  })).filter(({ value }) => !Number.isNaN(value));
  if (points.length < 2) return undefined;
  return { window, time: packTimes(points.map(({ time }) => time)), value: points.map(({ value }) => short(value, 4)) };
}

/**
 * How often daily returns fell into equal steps around zero; the first and last step hold what lies beyond. Days on which nothing
 * changed are counted apart: in the middle step they would dwarf all others.
 */
function histogram(returns: Float64Array): PageData["distribution"] {
  const sorted = returns.filter((value) => Number.isFinite(value) && value !== 0).toSorted();
  if (sorted.length < 10) return undefined;
  const reach = Math.max(Math.abs(sorted[Math.floor(sorted.length * 0.005)] ?? 0), sorted[Math.ceil(sorted.length * 0.995) - 1] ?? 0);
  if (reach === 0) return undefined;
  const step = (2 * reach) / HISTOGRAM_BARS;
  const counts = Array.from({ length: HISTOGRAM_BARS }, () => 0);
  for (const value of sorted) {
    const bar = Math.min(HISTOGRAM_BARS - 1, Math.max(0, Math.floor((value + reach) / step)));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  const average = mean(returns) * 100;
  return { low: short(-reach * 100), step: short(step * 100), counts, mean: short(average), idle: returns.length - sorted.length };
}

/** Bars for the price chart, joined when there are more than can be drawn quickly. */
function priceData({ chart, plots = [] }: RunRecord): PageData["price"] {
  if (chart === undefined || chart.bars.length === 0) return undefined;
  const { bars, timeframe } = chart;
  const size = Math.ceil(bars.length / BARS_MAX);
  const starts = Array.from({ length: Math.ceil(bars.length / size) }, (_, group) => group * size);
  const ends = starts.map((start) => Math.min(bars.length, start + size));
  const column = (values: Float64Array, pick: (part: Float64Array) => number): number[] =>
    starts.map((start, group) => short(pick(values.subarray(start, ends[group]))));
  const first = bars.openTime[0] as number;
  const joined = size === 1 ? timeframe : `${size} × ${timeframe}`;
  return {
    timeframe: joined,
    time: packTimes(starts.map((start) => bars.openTime[start] as number)),
    open: column(bars.open, (part) => part[0] as number),
    high: column(bars.high, largest),
    low: column(bars.low, smallest),
    close: column(bars.close, (part) => part[part.length - 1] as number),
    digits: digitsOf(bars.close.subarray(0, 200)),
    plots: plots.slice(0, PLOTS_MAX).map(({ name, time, value }) => {
      const step = Math.max(1, Math.ceil(time.length / BARS_MAX));
      const kept = Array.from(time.keys()).filter((index) => index % step === 0 && Number.isFinite(value[index]));
      return {
        name,
        time: packTimes(kept.map((index) => Math.max(first, time[index] as number))),
        value: kept.map((index) => short(value[index] as number)),
      };
    }),
  };
}

/** Digits after the point that prices are written with, 0 to 8. */
function digitsOf(prices: Float64Array): number {
  let digits = 0;
  for (const price of prices) {
    const text = String(short(price));
    const point = text.indexOf(".");
    if (!text.includes("e") && point >= 0) digits = Math.max(digits, text.length - point - 1);
  }
  return Math.min(8, digits);
}

function packTimes(times: readonly number[]): number[] {
  return times.map((time, index) => (index === 0 ? seconds(time) : seconds(time) - seconds(times[index - 1] as number)));
}

function seconds(time: number): number {
  return Math.round(time / 1_000);
}

/** A number with few digits: seven that count say all that a chart can show. */
function short(value: number, digits = 7): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : 0;
}

/** One month's or year's return in percent. */
export interface PeriodReturn {
  readonly year: number;
  /** 1 for January; 0 for the whole year. */
  readonly month: number;
  /** NaN where the account was not above zero before it. */
  readonly returnPct: number;
  /** The same of holding the first symbol. */
  readonly holdPct: number;
}

/** Returns of each calendar month and year that has a day, from the last equity before it to the last in it. */
export function periodReturns({ equity: { daily, startEquity, firstPrice } }: RunRecord): PeriodReturn[] {
  const results: PeriodReturn[] = [];
  for (const isYear of [false, true]) {
    let before = { equity: startEquity, price: firstPrice };
    for (let index = 0; index < daily.length; index += 1) {
      const date = new Date(daily.time[index] as number);
      const next = new Date(daily.time[index + 1] ?? NaN);
      const isLast = date.getUTCFullYear() !== next.getUTCFullYear() || (!isYear && date.getUTCMonth() !== next.getUTCMonth());
      if (!isLast) continue;
      const last = { equity: daily.equity[index] as number, price: daily.price[index] as number };
      results.push({
        year: date.getUTCFullYear(),
        month: isYear ? 0 : date.getUTCMonth() + 1,
        returnPct: before.equity > 0 ? (last.equity / before.equity - 1) * 100 : NaN,
        holdPct: (last.price / before.price - 1) * 100,
      });
      before = last;
    }
  }
  return results;
}

/** How long a recorded drawdown took, to its recovery or to the end of the run. */
export function drawdownDuration(drawdown: Drawdown, { equity, timeframe }: RunRecord): number {
  const end = Number.isNaN(drawdown.recoveryTime) ? barCloseTime(timeframe, equity.lastTime) : drawdown.recoveryTime;
  return end - drawdown.peakTime;
}
