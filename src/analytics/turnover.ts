import { DAY_MS } from "../domain/timeframe.ts";
import { mean } from "./moments.ts";
import type { RunRecord } from "./run-record.ts";
import { entryValueOf } from "./trade-summary.ts";

/**
 * Mean over days of the value traded on a day over the equity at its end (LEAN's portfolio turnover), as a share.
 * Fills of positions that are still open are not among the closed trades; their value is spread by the run's total.
 */
export function portfolioTurnover({ trades, equity, market, tradedValue }: RunRecord): number {
  const { daily } = equity;
  if (daily.length === 0) return NaN;
  const traded = new Map<number, number>();
  let known = 0;
  const add = (time: number, value: number): void => {
    const day = Math.floor(time / DAY_MS) * DAY_MS;
    traded.set(day, (traded.get(day) ?? 0) + value);
    known += value;
  };
  for (const trade of trades) {
    const entryValue = entryValueOf(trade);
    const change = trade.exitPrice / trade.entryPrice;
    add(trade.entryTime, entryValue);
    add(trade.exitTime, market === "inverse" ? entryValue / change : entryValue * change);
  }
  const scale = known > 0 && tradedValue > known ? tradedValue / known : 1;
  return mean(Array.from(daily.time, (time, index) => ((traded.get(time) ?? 0) * scale) / (daily.equity[index] as number)));
}
