import type { BarColumns } from "../domain/bar.ts";
import { barCloseTime, DAY_MS, HOUR_MS, MINUTE_MS, timeframeMs } from "../domain/timeframe.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { RunRecord } from "./run-record.ts";
import { entryValueOf } from "./trade-summary.ts";

/** One execution: when, and how much it was worth. */
export interface ValuedFill {
  readonly time: number;
  readonly value: number;
}

/** What an estimate of capacity is made of: the fills of one symbol in time order, and its bars. */
export interface CapacityInput {
  readonly fills: readonly ValuedFill[];
  readonly bars: BarColumns;
  readonly timeframe: Timeframe;
}

/** Minutes of LEAN's trading day; fills closer together share the market's volume. */
const SESSION_MINUTES = 390;
const WINDOW_DAYS = 7;
/** Value a minute has to trade for a fill to count only that minute's volume. */
const LIQUID_MINUTE_VALUE = 6_000_000;

/**
 * How much money the strategy could move before its own orders move the price: LEAN's estimate, for one symbol. After each fill the
 * value traded by the market is added up for as long as the fill is assumed to take; a fixed share of it could have been ours. Each
 * week's share per fill is blended into the estimate, a third new to two thirds old. NaN without a fill whose bar traded.
 */
export function estimateCapacity({ fills, bars, timeframe }: CapacityInput): number {
  const barMs = timeframeMs(timeframe);
  const share = barMs >= DAY_MS ? 0.02 : barMs >= HOUR_MS ? 0.05 : barMs >= MINUTE_MS ? 0.2 : 0.5;
  const first = bars.openTime[0] as number;
  const end = bars.length === 0 ? NaN : barCloseTime(timeframe, bars.openTime[bars.length - 1] as number);
  const windowMs = Math.max(1, Math.min((end - first) / DAY_MS - 1, WINDOW_DAYS)) * DAY_MS;
  let capacity = NaN;
  let before = -Infinity;
  let row = 0;

  for (let from = first; from < end; from += windowMs) {
    const window = fills.filter((fill) => fill.time >= from && fill.time < from + windowMs);
    let available = 0;
    for (const fill of window) {
      const minutesSince = (fill.time - before) / MINUTE_MS;
      const discount = Math.min(1, Math.max(0.2, (2 * minutesSince) / SESSION_MINUTES));
      while (row < bars.length && barCloseTime(timeframe, bars.openTime[row] as number) < fill.time) row += 1;
      available += valueAfter({ bars, timeframe, row, time: fill.time }) * discount;
      before = fill.time;
    }
    if (window.length === 0 || available === 0) continue;
    const estimate = (available * share) / window.length;
    capacity = Number.isNaN(capacity) ? estimate : 0.33 * estimate + 0.66 * capacity;
  }
  return Math.round(capacity / 1_000) * 1_000;
}

/** The estimate for a run of one spot or linear symbol that kept bars for its chart; NaN for any other. */
export function capacityOfRun(record: RunRecord): number {
  const { chart, trades, symbols, market } = record;
  if (chart === undefined || symbols.length !== 1 || market === "inverse" || market === "option") return NaN;
  const fills = trades
    .flatMap((trade) => {
      const value = entryValueOf(trade);
      return [
        { time: trade.entryTime, value },
        { time: trade.exitTime, value: (value * trade.exitPrice) / trade.entryPrice },
      ];
    })
    .toSorted((left, right) => left.time - right.time);
  return estimateCapacity({ fills, bars: chart.bars, timeframe: chart.timeframe });
}

/** Value the market traded from the bar in which a fill happened until the fill is done. */
function valueAfter({ bars, timeframe, row, time }: { bars: BarColumns; timeframe: Timeframe; row: number; time: number }): number {
  const valueOf = (index: number): number => (bars.close[index] as number) * (bars.volume[index] as number);
  if (row >= bars.length) return 0;
  if (timeframeMs(timeframe) >= HOUR_MS) return valueOf(row);
  const minuteValue = valueOf(row) / (timeframeMs(timeframe) / MINUTE_MS);
  const minutes = minuteValue > 0 ? Math.min(120, Math.max(1, Math.floor(LIQUID_MINUTE_VALUE / minuteValue))) : 10;
  let total = 0;
  for (let index = row; index < bars.length; index += 1) {
    if (barCloseTime(timeframe, bars.openTime[index] as number) > time + minutes * MINUTE_MS && index > row) break;
    total += valueOf(index);
  }
  return total;
}
