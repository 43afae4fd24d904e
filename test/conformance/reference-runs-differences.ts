import { expect } from "vitest";
import type { BarColumns } from "../../src/domain/bar.ts";
import { isClose } from "./reference-runs-files.ts";
import type { LotTrade } from "./reference-runs-lots.ts";
import type { ReferenceResult } from "./reference-runs-engine.ts";

/** Where the models differ on purpose: a name, a rule that finds the runs it applies to, and a check of what we do instead. */
interface Difference {
  readonly name: string;
  /** The row from which on the runs part for this reason; undefined when it is not the reason. */
  rowOf(ours: ReferenceResult, parting: Parting): number | undefined;
  check(ours: ReferenceResult, row: number, parting: Parting): void;
}

/** The first trade, in the order of exits, that is not the same. */
export interface Parting {
  readonly mine: LotTrade | undefined;
  readonly theirs: LotTrade | undefined;
  readonly expected: readonly LotTrade[];
}

export const DIFFERENCES: readonly Difference[] = [
  {
    name: "an account whose money is used up inside a bar is liquidated there; backtesting.py looks at closes only and takes what is lost beyond",
    rowOf: ({ record, equity, bars }) => {
      const times = record.trades.filter(({ exitReason }) => exitReason === "liquidation").map(({ exitTime }) => exitTime);
      if (times[0] !== undefined) return rowAt(bars, times[0]);
      const row = equity.findIndex((value) => value <= 0);
      return row < 0 ? undefined : row;
    },
    check({ record, options, bars }, row) {
      const last = record.trades.findLastIndex(({ exitReason }) => exitReason === "liquidation");
      if (last < 0) return;
      const closed = record.trades.slice(0, last + 1);
      const liquidated = closed.filter(({ exitReason }) => exitReason === "liquidation");
      const value = liquidated.reduce((sum, { exitPrice, quantity }) => sum + exitPrice * quantity, 0);
      const left = options.cash + closed.reduce((sum, { netPnl }) => sum + netPnl, 0);
      // At the price of the liquidation nothing is left, and its fee is owed; unless the market has jumped beyond it.
      if (liquidated.every(({ exitPrice }) => exitPrice === bars.open[row])) expect(left / value).toBeLessThan(-options.commissionRate);
      else expect(left / value).toBeCloseTo(-options.commissionRate, 6);
    },
  },
  {
    name: "a target that the open has passed fills there; backtesting.py looks at the stop first, though the bar came to it later",
    rowOf: ({ bars }, { theirs }) => {
      if (theirs?.takeProfit === undefined || theirs.stopLoss === undefined || theirs.exitPrice !== theirs.stopLoss) return undefined;
      const open = bars.open[theirs.exitBar] as number;
      return (theirs.size > 0 ? open >= theirs.takeProfit : open <= theirs.takeProfit) ? theirs.exitBar : undefined;
    },
    check({ trades, bars }, row, { theirs }) {
      const mine = trades.find(({ entryBar, exitBar, size }) => entryBar === theirs?.entryBar && size === theirs.size && exitBar === row);
      expect(mine?.exitPrice).toBe(bars.open[row]);
    },
  },
  {
    name: "a market order of the bar before fills first, at the open; backtesting.py lets stops and targets that the bar touches later go before it",
    rowOf: ({ trades, signals, options }, { mine, theirs, expected }) => {
      if (options.exclusiveOrders) return undefined;
      const isHit = (row: number): boolean =>
        [...trades, ...expected].some(
          (trade) =>
            trade.exitBar === row &&
            (isNear(trade.exitPrice, trade.stopLoss) || isNear(trade.exitPrice, trade.takeProfit) || trade.stopLoss === undefined),
        );
      const rows = [mine?.entryBar, mine?.exitBar, theirs?.entryBar, theirs?.exitBar]
        .filter((row) => row !== undefined)
        .toSorted((left, right) => left - right);
      const shift = options.tradeOnClose ? 0 : 1;
      return rows.find((row) => signals.has(row - shift) && isHit(row + 1 - shift));
    },
    check({ fills, bars, options }, row) {
      const index = fills.findIndex(
        ({ row: filled, sentRow }) => sentRow !== undefined && filled === row && sentRow === row - (options.tradeOnClose ? 0 : 1),
      );
      if (index < 0) return;
      expect(fills[index]?.fill.price).toBe(options.tradeOnClose ? bars.close[row] : bars.open[row]);
      expect(fills.slice(0, index).every(({ row: earlier, fill }) => earlier < row || fill.price === bars.open[row])).toBe(true);
    },
  },
];

/** The bar that a moment lies in. */
function rowAt(bars: BarColumns, time: number): number {
  return bars.openTime.findLastIndex((openTime) => openTime <= time);
}

function isNear(price: number, level: number | undefined): boolean {
  return level !== undefined && isClose(price, level);
}
