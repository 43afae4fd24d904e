import { describe, expect, it } from "vitest";
import type { ClosedTrade } from "../domain/position.ts";
import { bestAndWorstSymbol, breakDown } from "./breakdowns.ts";

function trade(part: Partial<ClosedTrade> & { readonly exit: string; readonly netPnl: number }): ClosedTrade {
  const exitTime = Date.parse(part.exit);
  return {
    symbol: "BTCUSDT",
    direction: "long",
    quantity: 1,
    entryPrice: 1_000,
    exitPrice: 1_000 + part.netPnl,
    entryTime: exitTime - 3_600_000,
    exitTime,
    grossPnl: part.netPnl,
    fees: 0,
    funding: 0,
    returnRatio: part.netPnl / 1_000,
    maxAdverseExcursion: 0,
    maxFavorableExcursion: 0,
    barsHeld: 1,
    exitReason: "exit",
    ...part,
  };
}

const TRADES = [
  trade({ exit: "2024-01-01T05:30Z", netPnl: 50, exitReason: "takeProfit", entryTag: "cross" }),
  trade({ exit: "2024-01-07T23:00Z", netPnl: -30, exitReason: "stopLoss", entryTag: "cross", direction: "short" }),
  trade({ exit: "2024-01-08T05:00Z", netPnl: 0, symbol: "ETHUSDT" }),
  trade({ exit: "2024-02-01T05:00Z", netPnl: -10, exitReason: "stopLoss" }),
];

describe("breakdowns", () => {
  const tables = breakDown(TRADES, 1_000);
  const keysAndProfits = (rows: readonly { readonly key: string; readonly profit: number }[]) =>
    rows.map(({ key, profit }) => `${key} ${profit}`);

  it("sum up by reason, best first", () => {
    expect(keysAndProfits(tables.byExitReason)).toEqual(["takeProfit 50", "exit 0", "stopLoss -40"]);
    expect(tables.byExitReason[2]).toMatchObject({ trades: 2, wins: 0, losses: 2, winRatePct: 0, profitPct: -4, averageTradePct: -2 });
    expect(tables.byExitReason[0]?.profitFactor).toBeUndefined();
  });

  it("sum up by tag, symbol and direction", () => {
    expect(keysAndProfits(tables.byEntryTag)).toEqual(["cross 20", "(no tag) -10"]);
    expect(keysAndProfits(tables.bySymbol)).toEqual(["BTCUSDT 10", "ETHUSDT 0"]);
    expect(keysAndProfits(tables.byDirection)).toEqual(["long 40", "short -30"]);
    expect(tables.byTagAndReason.map(({ key }) => key)).toContain("cross → stopLoss");
  });

  it("sum up by the time of the exit in UTC, in calendar order", () => {
    expect(keysAndProfits(tables.byWeekday)).toEqual(["Monday 50", "Thursday -10", "Sunday -30"]);
    expect(keysAndProfits(tables.byHour)).toEqual(["05:00 40", "23:00 -30"]);
    expect(keysAndProfits(tables.byWeek)).toEqual(["2024-01-01 20", "2024-01-08 0", "2024-01-29 -10"]);
    expect(keysAndProfits(tables.byMonth)).toEqual(["2024-01 20", "2024-02 -10"]);
    expect(keysAndProfits(tables.byYear)).toEqual(["2024 10"]);
    expect(tables.byDay).toHaveLength(4);
  });

  it("name the symbols with the best and worst sum of returns", () => {
    expect(bestAndWorstSymbol(TRADES)).toEqual({ best: "BTCUSDT", worst: "ETHUSDT" });
    expect(bestAndWorstSymbol([])).toBeUndefined();
  });
});
