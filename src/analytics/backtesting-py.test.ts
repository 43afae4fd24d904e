import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { backtestingPyStatistics } from "./definitions/backtesting-py.ts";
import type { BacktestingPyTrade } from "./backtesting-py.ts";
import { HOUR_MS, DAY_MS } from "../domain/timeframe.ts";

/**
 * The statistics of backtesting.py against its own runs. A reference file holds the trades and statistics that it computed; equity
 * is rebuilt from the trades by its cash accounting and marked at every close, so the engine has no part in this.
 */
const FOLDER = new URL("../../../shared/reference/conformance/backtest/backtesting.py/", import.meta.url).pathname;
const FILE = join(FOLDER, "generated_goog_sma_cross.json");
const DATA_FOLDERS = [
  dirname(FILE),
  join(dirname(FILE), "backtesting/test"),
  join(FOLDER, "backtesting/test"),
  new URL("../../../shared/data/backtesting.py", import.meta.url).pathname,
];

describe.skipIf(!existsSync(FILE))(`backtesting.py's statistics of the runs in ${FILE}`, () => {
  const { cases } = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as ReferenceFile) : { cases: [] };
  for (const run of cases) {
    it(`reproduces every statistic of "${run.case}" to 1e-9`, () => {
      const bars = findBars(run);
      const equity = rebuildEquity(run, bars);
      const trades = run.trades.map(toTrade);
      const commissions = run.trades.reduce((total, trade) => total + trade.Commission, 0);
      const input = { time: bars.time, close: bars.close, equity, trades, commissions };
      const firstTradingBar = firstTradingBarOf(run, bars);
      const statistics = backtestingPyStatistics({ ...input, firstTradingBar });

      const different = Object.entries(run.stats).flatMap(([name, expected]) => {
        const actual = statistics[name as keyof typeof statistics].value;
        return isSame(actual, expected) ? [] : [`${name}: ${String(actual)} instead of ${String(expected)}`];
      });
      expect(different).toEqual([]);
    });
  }
});

describe("backtesting.py's statistics", () => {
  const time = [0, 1, 2, 3, 4].map((day) => Date.UTC(2024, 0, 1) + day * DAY_MS);
  const close = [100, 110, 99, 105, 120];

  it("come to hand-checked numbers for five days and two trades", () => {
    const statistics = backtestingPyStatistics({
      time,
      close,
      equity: [1000, 1100, 990, 1050, 1200],
      commissions: 0,
      trades: [
        { entryBar: 0, exitBar: 1, entryTime: time[0] as number, exitTime: time[1] as number, pnl: 100, returnRatio: 0.1 },
        { entryBar: 1, exitBar: 2, entryTime: time[1] as number, exitTime: time[2] as number, pnl: -50, returnRatio: -0.05 },
      ],
    });

    expect(statistics["Return [%]"].value).toBeCloseTo(20, 12);
    expect(statistics["Buy & Hold Return [%]"].value).toBeCloseTo(20, 12);
    expect(statistics["Exposure Time [%]"].value).toBeCloseTo(60, 12);
    expect(statistics["Max. Drawdown [%]"].value).toBeCloseTo(-10, 12);
    expect(statistics["Max. Drawdown Duration"].value).toBe(3 * DAY_MS);
    expect(statistics["Profit Factor"].value).toBeCloseTo(2, 12);
    expect(statistics["Kelly Criterion"].value).toBeCloseTo(0.25, 12);
    expect(statistics.Beta.value).toBeCloseTo(1, 12);
    expect(statistics["Commissions [$]"]).toEqual({ value: undefined, reason: "no commission was paid" });
  });

  it("say why they are not available when nothing was traded", () => {
    const statistics = backtestingPyStatistics({ time, close, equity: [1000, 1000, 1000, 1000, 1000], commissions: 0, trades: [] });

    expect(statistics["Win Rate [%]"]).toEqual({ value: undefined, reason: "needs a closed trade" });
    expect(statistics["Sharpe Ratio"].value).toBeUndefined();
    expect(statistics["Sortino Ratio"].value).toBeUndefined();
    expect(statistics["Avg. Drawdown Duration"].value).toBeUndefined();
    expect(statistics["Max. Drawdown [%]"].value).toBe(0);
  });
});

interface ReferenceTrade {
  readonly Size: number;
  readonly EntryBar: number;
  readonly ExitBar: number;
  readonly EntryPrice: number;
  readonly ExitPrice: number;
  readonly PnL: number;
  readonly Commission: number;
  readonly ReturnPct: number;
  readonly EntryTime: string;
  readonly ExitTime: string;
}

interface ReferenceRun {
  readonly case: string;
  readonly options: Readonly<Record<string, string>>;
  readonly bars: number;
  readonly first: string;
  readonly last: string;
  readonly stats: Readonly<Record<string, number | string | null>>;
  readonly trades: readonly ReferenceTrade[];
}

interface ReferenceFile {
  readonly cases: readonly ReferenceRun[];
}

interface Bars {
  readonly time: number[];
  readonly open: number[];
  readonly close: number[];
}

function findBars(run: ReferenceRun): Bars {
  for (const folder of DATA_FOLDERS.filter((path) => existsSync(path))) {
    for (const name of readdirSync(folder).filter((entry) => entry.endsWith(".csv"))) {
      const file = join(folder, name);
      const rows = readFileSync(file, "utf8").trim().split("\n").slice(1);
      const cells = rows.map((row) => row.split(","));
      const time = cells.map((row) => parseTime(row[0] as string));
      if (time.length !== run.bars || time[0] !== parseTime(run.first) || time.at(-1) !== parseTime(run.last)) continue;
      return { time, open: cells.map((row) => Number(row[1])), close: cells.map((row) => Number(row[4])) };
    }
  }
  throw new Error(`no csv of ${run.bars} bars from ${run.first} to ${run.last} in ${DATA_FOLDERS.join(", ")}`);
}

/** Equity as backtesting.py marks it: commissions leave the cash at entry and at exit, open trades are valued at the close. */
function rebuildEquity(run: ReferenceRun, { time, open, close }: Bars): number[] {
  const cash = Number(run.options["cash"] ?? 10_000);
  const equity = equityOf(run.trades, cash, run, close);
  const final = run.stats["Equity Final [$]"] as number;
  if (isClose(equity.at(-1) as number, final)) return equity;

  // A trade still open at the end is not in the list: its entry is the one that leads to the final equity.
  for (let entryBar = time.length - 1; entryBar > 0; entryBar -= 1) {
    for (const direction of [1, -1]) {
      const before = (run.trades.some((trade) => trade.ExitBar === entryBar) ? equity[entryBar] : equity[entryBar - 1]) as number;
      const price = (open[entryBar] as number) * (1 + direction * Number(run.options["spread"] ?? 0));
      const leverage = 1 / Number(run.options["margin"] ?? 1);
      const cost = price + commissionOf(run, 1, open[entryBar] as number);
      const size = direction * Math.floor((before * leverage * (1 - 2 ** -52)) / cost);
      const last = { ...(run.trades[0] as ReferenceTrade), Size: size, EntryBar: entryBar, ExitBar: Infinity, EntryPrice: price };
      const whole = equityOf([...run.trades, last], cash, run, close);
      if (isClose(whole.at(-1) as number, final)) return whole;
    }
  }
  throw new Error(`no open trade explains the final equity ${final} after ${String(equity.at(-1))} of closed trades`);
}

function equityOf(trades: readonly ReferenceTrade[], cash: number, run: ReferenceRun, close: readonly number[]): number[] {
  return close.map((price, bar) => {
    let value = cash;
    for (const trade of trades) {
      if (bar < trade.EntryBar) continue;
      if (bar >= trade.ExitBar) value += trade.PnL;
      else value += trade.Size * (price - trade.EntryPrice) - commissionOf(run, trade.Size, trade.EntryPrice);
    }
    return value;
  });
}

function commissionOf(run: ReferenceRun, size: number, price: number): number {
  const [first = "0", second] = (run.options["commission"] ?? "0").replaceAll(/[()\s]/g, "").split(",");
  const [fixed, relative] = second === undefined ? [0, Number(first)] : [Number(first), Number(second)];
  return fixed + Math.abs(size) * price * relative;
}

/** Buy and hold starts on the first bar on which all indicators have a value; the file does not say which one that is. */
function firstTradingBarOf(run: ReferenceRun, { close }: Bars): number {
  const expected = run.stats["Buy & Hold Return [%]"] as number;
  const latest = run.trades[0]?.EntryBar ?? close.length - 1;
  for (let bar = 0; bar <= latest; bar += 1) {
    const first = close[bar] as number;
    if (isClose((((close.at(-1) as number) - first) / first) * 100, expected)) return bar;
  }
  throw new Error(`no bar up to ${latest} gives a buy and hold return of ${expected}`);
}

function toTrade(trade: ReferenceTrade): BacktestingPyTrade {
  return {
    entryBar: trade.EntryBar,
    exitBar: trade.ExitBar,
    entryTime: parseTime(trade.EntryTime),
    exitTime: parseTime(trade.ExitTime),
    pnl: trade.PnL,
    returnRatio: trade.ReturnPct,
  };
}

function isSame(actual: number | string | undefined, expected: number | string | null): boolean {
  if (expected === null || Number.isNaN(expected)) return actual === undefined;
  if (typeof actual !== "number") return false;
  if (typeof expected === "number") return isClose(actual, expected);
  return actual === (/days?/.test(expected) ? parseDuration(expected) : parseTime(expected));
}

function isClose(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) <= 1e-9 * Math.max(Math.abs(expected), 1e-6);
}

function parseTime(text: string): number {
  return Date.parse(`${text.trim().replace(" ", "T")}${text.trim().length > 10 ? "Z" : ""}`);
}

/** "830 days 04:00:00" as pandas writes it. */
function parseDuration(text: string): number {
  const match = /^(-?\d+) days?(?: \+?(\d+):(\d+):(\d+))?/.exec(text);
  if (match === null) throw new Error(`"${text}" is not a duration`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return days * DAY_MS + hours * HOUR_MS + minutes * 60_000 + seconds * 1_000;
}
