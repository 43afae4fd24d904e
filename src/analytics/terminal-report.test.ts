import { describe, expect, it } from "vitest";
import { sampleRun } from "./sample-run.ts";
import { computeStatistics } from "./statistics.ts";
import { renderReport } from "./terminal-report.ts";

const run = sampleRun();
const statistics = computeStatistics(run);
const linesOf = (text: string): string[] => text.trimEnd().split("\n");

describe("the terminal report", () => {
  it.each([44, 60, 76, 80, 120])("fits into %i columns", (width) => {
    const tooWide = linesOf(renderReport(run, statistics, { width })).filter((line) => line.length > width);

    expect(tooWide).toEqual([]);
  });

  it("is at most 45 lines by default", () => {
    expect(linesOf(renderReport(run, statistics)).length).toBeLessThanOrEqual(45);
  });

  it("shows the figures of the run with their units", () => {
    const report = renderReport(run, statistics);

    expect(report).toContain("binance linear BTCUSDT 1h");
    expect(report).toMatch(/Return +-10\.84 %/);
    expect(report).toMatch(/Trades +299/);
    expect(report).toMatch(/Streak won \/ lost +5 \/ 10/);
    expect(report).toMatch(/stopLoss +51 +0\.0 % +-8,849\.98/);
  });

  it("says n/a and why instead of a wrong number", () => {
    const week = sampleRun({ days: 7 });
    const report = renderReport(week, computeStatistics(week));

    expect(report).toMatch(/CAGR +n\/a/);
    expect(report).toContain("CAGR: n/a, needs at least 30 days");
  });

  it("has no escape codes unless colours are asked for", () => {
    const escape = "\u001B[";

    expect(renderReport(run, statistics)).not.toContain(escape);
    expect(renderReport(run, statistics, { colour: true })).toContain(escape);
  });

  it("shows the first warnings and how many more there are", () => {
    const warnings = Array.from({ length: 6 }, (_, index) => `gap number ${index}`);
    const report = renderReport({ ...run, warnings }, statistics);

    expect(report).toContain("Warning: gap number 3");
    expect(report).toContain("2 more warnings");
  });

  it("says so when no trade was closed", () => {
    const idle = { ...run, trades: [] };

    expect(renderReport(idle, computeStatistics(idle))).toContain("No trade was closed.");
  });
});
