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
    rowOf: ({ record, bars }) => {
      const times = record.trades.filter(({ exitReason }) => exitReason === "liquidation").map(({ exitTime }) => exitTime);
      if (times[0] !== undefined) return rowAt(bars, times[0]);
      return undefined;
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
    rowOf: ({ trades, open, signals, options, bars }, { mine, theirs, expected }) => {
      if (options.exclusiveOrders) return undefined;
      const until = Math.min(mine?.exitBar ?? Infinity, theirs?.exitBar ?? Infinity);
      const entered = [...trades, ...open];
      const filledIn = (signal: number): number => (options.tradeOnClose ? signal : signal + 1);
      const meets = [...signals].filter(
        (signal) =>
          filledIn(signal) <= until && [...trades, ...expected].some((trade) => trade.exitBar === signal + 1 && isByLeg(trade, bars)),
      );
      const parts = (signal: number): boolean =>
        unitsAt("entryBar", filledIn(signal), entered) !== unitsAt("entryBar", filledIn(signal), expected) ||
        [filledIn(signal), signal + 1].some((row) => unitsAt("exitBar", row, trades) !== unitsAt("exitBar", row, expected));
      // A trade that they still hold at the end is not in their list: such a one may have begun where nothing else shows it.
      return meets.find(parts) ?? (options.finalizeTrades ? undefined : meets.at(-1));
    },
    check({ fills, bars, options }, signal) {
      const row = options.tradeOnClose ? signal : signal + 1;
      const index = fills.findIndex(({ row: filled, sentRow }) => filled === row && sentRow === signal);
      if (index < 0) return;
      if (options.tradeOnClose) return expect(fills[index]?.fill.price).toBe(bars.close[row]);
      expect(fills[index]?.fill.price).toBe(bars.open[row]);
      expect(fills.slice(0, index).every(({ row: earlier, fill }) => earlier < row || fill.price === bars.open[row])).toBe(true);
    },
  },
];

/** The bar that a moment lies in. */
function rowAt(bars: BarColumns, time: number): number {
  return bars.openTime.findLastIndex((openTime) => openTime <= time);
}

/** Units, with their direction, of the trades that began or ended in a row. */
function unitsAt(
  end: "entryBar" | "exitBar",
  row: number,
  trades: readonly (Pick<LotTrade, "size" | "entryBar"> & { readonly exitBar?: number })[],
): number {
  return trades.reduce((sum, trade) => (trade[end] === row ? sum + trade.size : sum), 0);
}

/** Whether a trade has ended by its stop or its target: at its price, or at an open beyond it. */
function isByLeg({ size, exitBar, exitPrice, stopLoss, takeProfit }: LotTrade, bars: BarColumns): boolean {
  const isAtOpen = exitPrice === bars.open[exitBar];
  const [low, high] = size > 0 ? [stopLoss, takeProfit] : [takeProfit, stopLoss];
  const isLow = low !== undefined && (isClose(exitPrice, low) || (isAtOpen && exitPrice <= low));
  return isLow || (high !== undefined && (isClose(exitPrice, high) || (isAtOpen && exitPrice >= high)));
}
