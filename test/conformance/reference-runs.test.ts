/**
 * Runs of backtesting.py, done again by our engine. The file of cases can be replaced by METAEXPERT_REFERENCE_RUNS; the bars
 * of a case lie beside it or among the shared data.
 *
 * The strategy is an expert, and prices, fills, positions, fees and equity are the engine's. What the two do not share:
 *
 * - backtesting.py gives an order its size on the bar in which it fills; an expert gives it when it sends the order, so the
 *   test tells it the next bar's prices.
 * - Where several trades are open at once, backtesting.py keeps them apart and closes the oldest first; our position has an
 *   average price. The fills are the same and the test sorts them into trades.
 * - A fixed commission, and a spread on entries alone, are charged by no exchange we simulate; the test puts them on top.
 * - With trade_on_close orders fill at the close they were decided on. Our orders never fill on the bar just read, so the
 *   feed shows each close once more, as the auction that it would take.
 * - Where the equity is zero or less at a close, backtesting.py closes everything at that price, forgives what is owed and ends.
 *   Our account owes it; the test forgives on paper.
 * - With finalize_trades open trades are closed at the last open in hindsight; our engine leaves them open and says so.
 *
 * Where the models lead to other trades, the difference has a name, a rule and a check in reference-runs-differences.ts.
 */
import { expect, test } from "vitest";
import { bars } from "../../src/testing/bars.ts";
import {
  engineDifferences,
  equityDifferences,
  inOrder,
  recordDifferences,
  statisticDifferences,
  timeDifferences,
  tradeDifferences,
  tradesOf,
} from "./reference-runs-compare.ts";
import { DIFFERENCES, type Parting } from "./reference-runs-differences.ts";
import { runReference, type ReferenceResult } from "./reference-runs-engine.ts";
import type { LotTrade } from "./reference-runs-lots.ts";
import { dataFoldersOf, findBars, readRuns, type ReferenceRun, type ReferenceTrade } from "./reference-runs-files.ts";

const shared = new URL("../../../shared/reference/conformance/backtest/backtesting.py/generated_goog_sma_cross.json", import.meta.url)
  .pathname;
const file = process.env["METAEXPERT_REFERENCE_RUNS"] ?? shared;
const runs = readRuns(file);

test.skipIf(runs.length === 0 && file === shared)(`the file of runs has runs (${file})`, () => {
  expect(runs.length).toBeGreaterThan(0);
});

test.each(runs.map((run) => [run.case, run] as const))("%s", async (_name, run) => {
  const ours = await runReference(run, findBars(run, dataFoldersOf(file)));
  const parting = partingOf(ours, run);
  if (parting !== undefined) return explain(ours, parting);

  expect(timeDifferences(run, ours)).toEqual([]);
  expect(equityDifferences(ours)).toEqual([]);
  expect(statisticDifferences(run, ours)).toEqual([]);
  const { hasStacked, options } = ours;
  const isOurs =
    !hasStacked &&
    !options.finalizeTrades &&
    !options.tradeOnClose &&
    options.spread === 0 &&
    options.commissionFixed === 0 &&
    ours.equity.every((value) => value > 0);
  if (!isOurs) return;
  expect(engineDifferences(ours)).toEqual([]);
  expect(recordDifferences(run, ours)).toEqual([]);
});

/** The first trade that is not the same. */
function partingOf(ours: ReferenceResult, run: ReferenceRun): (Parting & { readonly problems: readonly string[] }) | undefined {
  const [own, expected] = [inOrder(ours.trades), tradesOf(run)];
  for (let index = 0; index < Math.max(own.length, expected.length); index += 1) {
    const problems = tradeDifferences(own[index], expected[index]);
    if (problems.length > 0) return { mine: own[index], theirs: expected[index], expected, problems };
  }
  return undefined;
}

/** Everything before the runs part is the same, and what our engine does there is what it says it does. */
function explain(ours: ReferenceResult, parting: Parting & { readonly problems: readonly string[] }): void {
  const reasons = DIFFERENCES.map((difference) => ({ ...difference, row: difference.rowOf(ours, parting) ?? Infinity }));
  const first = reasons.reduce((earliest, reason) => (reason.row < earliest.row ? reason : earliest));
  if (first.row === Infinity) expect.fail(`no named difference explains ${parting.problems.join("; ")}`);

  const before = (trades: readonly LotTrade[]): readonly LotTrade[] => inOrder(trades).filter(({ exitBar }) => exitBar < first.row);
  const [own, expected] = [before(ours.trades), before(parting.expected)];
  expect(
    own.flatMap((trade, index) => tradeDifferences(trade, expected[index])),
    first.name,
  ).toEqual([]);
  expect(own.length, first.name).toBe(expected.length);
  first.check(ours, first.row, parting);
}

/** A run of our own, worked out by hand, so that the runner is tested where the file is not there. */
const OWN_BARS = bars("1d", [100, 98, 96, 99, 103, 101, 97, 98, 99]);
const OWN_RUN: ReferenceRun = {
  case: "own",
  strategy: "SmaCross",
  params: { n1: 1, n2: 2 },
  options: { cash: "1000", commission: "0.001", exclusive_orders: "True" },
  bars: 9,
  first: "2024-01-01",
  last: "2024-01-09",
  stats: { "Equity Final [$]": 1055.03, "# Trades": 2, "Exposure Time [%]": 500 / 9 },
  trades: [
    ownTrade({ Size: 10, EntryBar: 4, ExitBar: 6, EntryPrice: 99, ExitPrice: 101, Commission: 0.99 + 1.01 }),
    ownTrade({ Size: -10, EntryBar: 6, ExitBar: 8, EntryPrice: 101, ExitPrice: 98, Commission: 1.01 + 0.98 }),
  ],
};

function ownTrade(
  trade: Pick<ReferenceTrade, "Size" | "EntryBar" | "ExitBar" | "EntryPrice" | "ExitPrice" | "Commission">,
): ReferenceTrade {
  const pnl = trade.Size * (trade.ExitPrice - trade.EntryPrice) - trade.Commission;
  const time = (bar: number): string => new Date(OWN_BARS.openTime[bar] ?? NaN).toISOString().slice(0, 10);
  return {
    ...trade,
    SL: null,
    TP: null,
    PnL: pnl,
    ReturnPct: pnl / (Math.abs(trade.Size) * trade.EntryPrice),
    EntryTime: time(trade.EntryBar),
    ExitTime: time(trade.ExitBar),
    Tag: "None",
  };
}

test("crossings buy and sell everything at the next open", async () => {
  const ours = await runReference(OWN_RUN, OWN_BARS);
  expect(partingOf(ours, OWN_RUN)).toBeUndefined();
  expect(
    [timeDifferences(OWN_RUN, ours), equityDifferences(ours), statisticDifferences(OWN_RUN, ours), engineDifferences(ours)].flat(),
  ).toEqual([]);
});

test("a wrong price in the file is noticed, and nothing explains it", async () => {
  const [first, ...others] = OWN_RUN.trades as [ReferenceTrade, ...ReferenceTrade[]];
  const wrong = { ...OWN_RUN, trades: [{ ...first, ExitPrice: 101.0001 }, ...others] };
  const ours = await runReference(OWN_RUN, OWN_BARS);
  const parting = partingOf(ours, wrong);
  expect(parting?.problems[0]).toMatch("exitPrice 101 instead of 101.0001");
  expect(() => parting === undefined || explain(ours, parting)).toThrow("no named difference explains");
});

test("a spread of our own costs half at the entry and half at the exit, each rounded to the worse price step", async () => {
  const { record } = await runReference({ ...OWN_RUN, options: { cash: "1000", exclusive_orders: "True" } }, OWN_BARS, { spreadPct: 2 });
  expect(record.trades[0]).toMatchObject({ entryPrice: 99 * 1.01, exitPrice: 101 * 0.99 });
});

test("a strategy, a parameter or an option that is not known is refused by name", async () => {
  const refused = (change: Partial<ReferenceRun>): Promise<unknown> => runReference({ ...OWN_RUN, ...change }, OWN_BARS);
  await expect(refused({ strategy: "Martingale" })).rejects.toThrow("unknown strategy Martingale; this test knows SmaCross, BuyAndHold");
  await expect(refused({ params: { n3: 1 } })).rejects.toThrow("strategy SmaCross has no parameter n3; it has n1, n2, size, sl, tp");
  await expect(refused({ options: { leverage: "2" } })).rejects.toThrow("unknown option leverage; this test knows cash, spread");
  await expect(refused({ options: { commission: "<function>" } })).rejects.toThrow('option commission is a number, not "<function>"');
});
