/**
 * freqtrade's hand-checked candle cases, run by our engine. The file of cases can be replaced by METAEXPERT_CANDLE_CASES.
 *
 * Where the models differ on purpose, the difference has a name below, a rule that finds the cases it applies to, and a
 * check of what we do instead.
 */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCandleCase, type CandleCase, type CandleResult } from "./candle-cases.ts";

const path =
  process.env["METAEXPERT_CANDLE_CASES"] ??
  new URL("../../../shared/reference/conformance/backtest/freqtrade/derived_backtest_detail_18of54.json", import.meta.url).pathname;
const isThere = existsSync(path);
const cases: readonly CandleCase[] = isThere ? (JSON.parse(readFileSync(path, "utf8")) as { cases: CandleCase[] }).cases : [];

interface Difference {
  readonly name: string;
  appliesTo(candles: CandleCase, ours: CandleResult): boolean;
  check(candles: CandleCase, ours: CandleResult): void | Promise<void>;
}

const openOf = (candles: CandleCase, tick: number): number => Number(candles.data.find((row) => row[0] === tick)?.[1]);

const DIFFERENCES: readonly Difference[] = [
  {
    name: "a limit price through the market fills at the open; freqtrade fills it at the limit or at the candle's far end",
    appliesTo: (candles) => hasMarketableLimit(candles),
    async check(candles, ours) {
      const { custom_entry_price: entry, custom_exit_price: exit } = candles;
      if (typeof exit === "number") {
        for (const trade of ours.trades) expect(trade.exitPrice).toBe(openOf(candles, trade.close_tick));
        return;
      }
      // Such an order does what a market order sent at the same moment does.
      const first = ours.trades[0];
      expect(first).toBeDefined();
      const fillTicks = candles.data.filter((row) => Number(row[1]) === first?.entryPrice);
      expect(fillTicks.length).toBeGreaterThan(0);
      if (typeof candles.adjust_entry_price === "number") return;
      const asMarket = await runCandleCase({ ...candles, custom_entry_price: null });
      expect({ entry, ...ours }).toEqual({ entry, ...asMarket });
    },
  },
  {
    name: "a stop or target that the open has already passed fills at the open; freqtrade fills at its price when the candle comes back to it",
    appliesTo: (candles, ours) =>
      candles.roi[Object.keys(candles.roi).find((key) => candles.roi[key] === -1) ?? ""] === undefined &&
      ours.trades.some((trade) => trade.exitPrice === openOf(candles, trade.close_tick)),
    check: (candles, ours) => exitsAtOpenOn(candles, ours),
  },
  {
    name: "an exit that is due inside a candle fills at the next open we see; freqtrade takes the candle's worst price",
    appliesTo: (candles) => Object.entries(candles.roi).some(([minutes, ratio]) => ratio === -1 && Number(minutes) % 60 !== 0),
    check: (candles, ours) => exitsAtOpenOn(candles, ours),
  },
];

/** The same candles as expected, each exit at its candle's open. */
function exitsAtOpenOn(candles: CandleCase, ours: CandleResult): void {
  expect(ours.trades.map((trade) => [trade.open_tick, trade.close_tick, trade.is_short])).toEqual(
    candles.trades.map((trade) => [trade.open_tick, trade.close_tick, trade.is_short]),
  );
  const differing = ours.trades.filter((trade) => trade.exitPrice === openOf(candles, trade.close_tick));
  expect(differing.length).toBeGreaterThan(0);
}

function hasMarketableLimit(candles: CandleCase): boolean {
  const expected = candles.trades[0];
  if (expected === undefined) return false;
  const { custom_entry_price: entry, custom_exit_price: exit, adjust_entry_price: adjusted } = candles;
  const passes = (price: number, tick: number, isBuy: boolean): boolean =>
    isBuy ? price > openOf(candles, tick) : price < openOf(candles, tick);
  if (typeof exit === "number" && passes(exit, expected.close_tick, expected.is_short)) return true;
  if (typeof entry === "number" && passes(entry, expected.open_tick, !expected.is_short)) return true;
  return (
    typeof adjusted === "number" &&
    candles.data.some(([tick]) => Number(tick) > expected.open_tick && passes(adjusted, Number(tick), !expected.is_short))
  );
}

function agrees(candles: CandleCase, ours: CandleResult): boolean {
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const shape = (trades: readonly CandleCase["trades"][number][]): string =>
    JSON.stringify(trades.map((trade) => [trade.exit_reason, trade.open_tick, trade.close_tick, trade.enter_tag ?? null, trade.is_short]));
  return shape(ours.trades) === shape(candles.trades) && round(ours.profit) === round(candles.profit_perc ?? 0);
}

test.skipIf(!isThere)(`the file of candle cases has cases (${path})`, () => {
  expect(cases.length).toBeGreaterThan(0);
});

test.each(cases.map((candles) => [candles.id, (candles as { comment?: string[] }).comment?.[0] ?? "", candles] as const))(
  "%s %s",
  async (_id, _comment, candles) => {
    const ours = await runCandleCase(candles);
    if (agrees(candles, ours)) return;
    const difference = DIFFERENCES.find((candidate) => candidate.appliesTo(candles, ours));
    expect(difference, `no named difference explains ${JSON.stringify(ours)} beside ${JSON.stringify(candles.trades)}`).toBeDefined();
    await difference?.check(candles, ours);
  },
);

/** A case of our own, so that the runner is tested where the file is not there. */
const OWN_CASE: CandleCase = {
  id: "own",
  data: [
    [0, 100, 101, 99, 100, 10, 1, 0],
    [1, 100, 101, 99, 100, 10, 0, 0],
    [2, 100, 106, 97, 101, 10, 0, 0],
    [3, 101, 102, 100, 101, 10, 0, 0],
  ],
  stop_loss: -0.02,
  roi: { "0": 0.05 },
  trades: [{ exit_reason: "stop_loss", open_tick: 1, close_tick: 2, enter_tag: null, is_short: false }],
  profit_perc: -0.02,
};

test("a candle that touches the stop and the target closes at the stop", async () => {
  expect(agrees(OWN_CASE, await runCandleCase(OWN_CASE))).toBe(true);
});

test("a wrong expectation is noticed", async () => {
  const wrong = { ...OWN_CASE, profit_perc: 0.05 };
  expect(agrees(wrong, await runCandleCase(OWN_CASE))).toBe(false);
});
