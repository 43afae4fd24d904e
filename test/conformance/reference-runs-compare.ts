import { BACKTESTING_PY, backtestingPyStatistics } from "../../src/analytics/definitions/backtesting-py.ts";
import { backtestingPyFactsOfRun } from "../../src/analytics/backtesting-py.ts";
import { evaluate } from "../../src/analytics/statistic.ts";
import { isClose, isSameStatistic, parseTime, type ReferenceRun } from "./reference-runs-files.ts";
import type { LotTrade } from "./reference-runs-lots.ts";
import type { ReferenceResult } from "./reference-runs-engine.ts";

/** The trades of a file in our words, in the order of their exits. */
export function tradesOf(run: ReferenceRun): readonly LotTrade[] {
  return inOrder(
    run.trades.map((trade) => ({
      size: trade.Size,
      entryBar: trade.EntryBar,
      exitBar: trade.ExitBar,
      entryPrice: trade.EntryPrice,
      exitPrice: trade.ExitPrice,
      stopLoss: trade.SL ?? undefined,
      takeProfit: trade.TP ?? undefined,
      pnl: trade.PnL,
      commission: trade.Commission,
      returnRatio: trade.ReturnPct,
      tag: trade.Tag === null || trade.Tag === "None" ? undefined : trade.Tag,
    })),
  );
}

/** Trades that end in one bar come in no order that means anything. */
export function inOrder(trades: readonly LotTrade[]): readonly LotTrade[] {
  return trades.toSorted(
    (left, right) => left.exitBar - right.exitBar || left.entryBar - right.entryBar || left.size - right.size || left.pnl - right.pnl,
  );
}

/** What differs between two trades, each number to 1e-9 of its size (differences of prices: of a thousandth of the price). */
export function tradeDifferences(mine: LotTrade | undefined, theirs: LotTrade | undefined): string[] {
  if (mine === undefined || theirs === undefined) return [`${show(mine)} instead of ${show(theirs)}`];
  const units: Partial<Record<keyof LotTrade, number>> = { pnl: Math.abs(theirs.size * theirs.entryPrice) / 1000, returnRatio: 1 / 1000 };
  return (Object.keys(theirs) as (keyof LotTrade)[]).flatMap((name) => {
    const [actual, expected] = [mine[name], theirs[name]];
    if (actual === expected) return [];
    if (typeof actual === "number" && typeof expected === "number" && isClose(actual, expected, { unit: units[name] })) return [];
    return [`${name} ${actual ?? "none"} instead of ${expected ?? "none"} in ${show(theirs)}`];
  });
}

function show(trade: LotTrade | undefined): string {
  return trade === undefined
    ? "no trade"
    : `a trade of ${trade.size} from bar ${trade.entryBar} at ${trade.entryPrice} to bar ${trade.exitBar} at ${trade.exitPrice}`;
}

/** The times in the file belong to the bars of the trades. */
export function timeDifferences(run: ReferenceRun, { bars }: ReferenceResult): string[] {
  return run.trades.flatMap(({ EntryBar, ExitBar, EntryTime, ExitTime }) => {
    const isRight = bars.openTime[EntryBar] === parseTime(EntryTime) && bars.openTime[ExitBar] === parseTime(ExitTime);
    return isRight ? [] : [`bars ${EntryBar} and ${ExitBar} are not at ${EntryTime} and ${ExitTime}`];
  });
}

/** All statistics, from the equity of each bar and the trades. */
export function statisticDifferences(run: ReferenceRun, { bars, options, equity, trades, firstTradingBar }: ReferenceResult): string[] {
  const statistics = backtestingPyStatistics({
    time: bars.openTime,
    close: bars.close,
    equity,
    firstTradingBar,
    commissions: trades.reduce((sum, { commission }) => sum + commission, 0),
    trades: trades.map(({ entryBar, exitBar, pnl, returnRatio }) => ({
      entryBar,
      exitBar,
      entryTime: bars.openTime[entryBar] as number,
      exitTime: bars.openTime[exitBar] as number,
      pnl,
      returnRatio,
    })),
  });
  return differences(statistics, { stats: run.stats, cash: options.cash });
}

/** Where the engine's equity is not what the trades add up to; the last bar is left out where trades are finalized on it. */
export function equityDifferences({ equity, engineEquity, options, bars }: ReferenceResult): string[] {
  const ruin = equity.findIndex((value) => value <= 0);
  const rows = ruin >= 0 ? ruin : options.finalizeTrades ? bars.length - 1 : bars.length;
  return Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
    const [mine, theirs] = [engineEquity[row] as number, equity[row] as number];
    return isClose(mine, theirs, { unit: options.cash }) ? [] : [`equity ${mine} instead of ${theirs} on bar ${row}`];
  });
}

/** What a record of a run does not know: the bars of trades, when the indicators had values, and what open trades have paid. */
const NOT_IN_A_RECORD: readonly string[] = ["Exposure Time [%]", "Buy & Hold Return [%]", "Alpha [%]", "Commissions [$]"];

const COUNTED_FROM_HIGHS: readonly string[] = ["Avg. Drawdown [%]", "Avg. Drawdown Duration", "Max. Drawdown Duration"];

function timesAtHigh(equity: Float64Array): number {
  let high = -Infinity;
  return equity.reduce((count, value) => (value >= high ? ((high = value), count + 1) : count), 0);
}

/** The statistics that our own reports print under backtesting.py's names, from the record of the run alone. */
export function recordDifferences(run: ReferenceRun, { record, equity, engineEquity }: ReferenceResult): string[] {
  // Doubles that come back to a high an ulp beside it make a drawdown; in exact money there is none.
  const left = timesAtHigh(equity) === timesAtHigh(engineEquity) ? NOT_IN_A_RECORD : [...NOT_IN_A_RECORD, ...COUNTED_FROM_HIGHS];
  const expected = Object.fromEntries(Object.entries(run.stats).filter(([name]) => !left.includes(name)));
  return differences(evaluate(BACKTESTING_PY, backtestingPyFactsOfRun(record)), { stats: expected, cash: record.initialCapital });
}

const FROM_ANNUAL_RETURN: readonly string[] = ["Return (Ann.) [%]", "Sharpe Ratio", "Sortino Ratio", "Calmar Ratio"];

function differences(
  statistics: Readonly<Record<string, { readonly value: number | string | undefined }>>,
  { stats: expected, cash }: { readonly stats: ReferenceRun["stats"]; readonly cash: number },
): string[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const actual = statistics[name]?.value;
    const unit = name.endsWith("[$]") ? cash : 1e-3;
    return isSameStatistic(actual, value, { unit, precision: precisionOf(name, expected) })
      ? []
      : [`${name}: ${String(actual)} instead of ${String(value)}`];
  });
}

/**
 * 1e-9, and less where a statistic is what is left of subtracting numbers that are nearly the same: the annual return is a
 * compounded one less one, the square of the annual volatility is a compounded variance plus one less one.
 */
function precisionOf(name: string, expected: ReferenceRun["stats"]): number {
  const annual = Math.abs(Number(expected["Return (Ann.) [%]"] ?? 1)) || 1;
  const volatility = Math.abs(Number(expected["Volatility (Ann.) [%]"] ?? 100)) / 100 || 1;
  const ofReturn = FROM_ANNUAL_RETURN.includes(name) ? 1e-9 / annual : 0;
  const ofVolatility = FROM_VOLATILITY.includes(name) ? 1e-13 / volatility ** 2 : 0;
  return Math.max(1e-9, ofReturn, ofVolatility);
}

const FROM_VOLATILITY: readonly string[] = ["Volatility (Ann.) [%]", "Sharpe Ratio"];

/** Where one trade at most is open at a time, the engine's own list of trades is the same list. */
export function engineDifferences({ record, trades, bars }: ReferenceResult): string[] {
  const own = inOrder(
    record.trades.map((trade) => ({
      size: trade.direction === "long" ? trade.quantity : -trade.quantity,
      entryBar: bars.openTime.indexOf(trade.entryTime),
      exitBar: bars.openTime.indexOf(trade.exitTime),
      entryPrice: trade.entryPrice,
      exitPrice: trade.exitPrice,
      stopLoss: undefined,
      takeProfit: undefined,
      pnl: trade.netPnl,
      commission: trade.fees,
      returnRatio: trade.returnRatio,
      tag: trade.entryTag,
    })),
  );
  const listed = inOrder(trades.map((trade) => ({ ...trade, stopLoss: undefined, takeProfit: undefined })));
  return Array.from({ length: Math.max(own.length, listed.length) }, (_, index) => tradeDifferences(own[index], listed[index])).flat();
}
