import { describe, expect, it } from "vitest";
import type { ReportJson } from "./report-json.ts";
import { resultsFiles, runIdOf, tradesCsv } from "./results-files.ts";
import { sampleRun } from "./sample-run.ts";
import { computeStatistics } from "./statistics.ts";

const record = sampleRun({ days: 60 });
const statistics = computeStatistics(record);
const files = resultsFiles({ record, statistics, tearSheet: "<!doctype html>", command: ["metaexpert", "backtest", "a.ts"] });

describe("the files of a result", () => {
  it("are the report, the trades, the curve, the tear sheet and how to run it again", () => {
    expect(Object.keys(files).toSorted()).toEqual(["equity.csv", "report.json", "run.json", "tear-sheet.html", "trades.csv"]);
    expect(Object.keys(resultsFiles({ record, statistics, command: [] }))).not.toContain("tear-sheet.html");
  });

  it("hold everything needed to reproduce the run", () => {
    const run = JSON.parse(files["run.json"] ?? "") as Record<string, unknown>;

    expect(run).toMatchObject({
      runId: runIdOf(record),
      command: ["metaexpert", "backtest", "a.ts"],
      seed: 1,
      dataHash: record.dataHash,
      journalHash: record.journalHash,
      versions: record.versions,
      expert: { sourceHash: record.expert.sourceHash, params: record.expert.params },
    });
  });

  it("hold null and a reason for what is not available", () => {
    const week = sampleRun({ days: 7 });
    const text = resultsFiles({ record: week, statistics: computeStatistics(week), command: [] })["report.json"] ?? "";
    const report = JSON.parse(text) as ReportJson;

    expect(report.statistics.headline["cagrPct"]).toBeNull();
    expect(report.notAvailable["headline.cagrPct"]).toContain("30 days");
    expect(report.statistics.backtestingPy["# Trades"]).toBe(week.trades.length);
  });

  it("have one row for each trade and each point of the curve", () => {
    expect(files["trades.csv"]?.trimEnd().split("\n")).toHaveLength(record.trades.length + 1);
    expect(files["equity.csv"]?.trimEnd().split("\n")).toHaveLength(record.equity.curve.length + 1);
    expect(files["equity.csv"]).toMatch(/^time,equity,drawdown,price\n2023-01-01T00:00:00\.000Z,10000,0,/);
  });

  it("are the same for the same run", () => {
    const again = sampleRun({ days: 60 });

    expect(resultsFiles({ record: again, statistics: computeStatistics(again), command: [] })["report.json"]).toBe(files["report.json"]);
  });
});

it("a cell of text cannot break a row or be run by a spreadsheet", () => {
  const [trade] = record.trades;
  if (trade === undefined) throw new Error("the sample run has a trade");
  const csv = tradesCsv([{ ...trade, symbol: 'A,"B"', entryTag: "=1+1", exitReason: "two\nlines" }]);

  expect(csv).toContain(',"two\nlines"');
  expect(csv).toContain('1,"A,""B""",');
  expect(csv).toContain(",'=1+1,");
});

it("a run id is safe as a folder's name and names expert, period and journal", () => {
  expect(runIdOf({ ...record, expert: { ...record.expert, name: "Ä/../EMA <cross>" } })).toBe("a-ema-cross-20230101-20230302-4d1f0c2e6b");
  expect(runIdOf({ ...record, expert: { ...record.expert, name: "…" }, journalHash: "" })).toBe("expert-20230101-20230302");
});
