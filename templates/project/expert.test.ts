import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

/** The part of a report that the tests look at. */
interface Report {
  readonly run: { readonly journalHash: string };
  readonly statistics: { readonly headline: { readonly trades: number; readonly fees: number; readonly maxDrawdownPct: number } };
}

await test("the expert trades on a simulated market, pays its fees and keeps its loss limit", () => {
  const { trades, fees, maxDrawdownPct } = backtest("--seed", "1").statistics.headline;
  assert.ok(trades > 0, "it never traded");
  assert.ok(fees > 0, "it paid no fees");
  assert.ok(maxDrawdownPct < 41, `it lost ${maxDrawdownPct} %`);
});

await test("the same seed gives the same run", () => {
  assert.equal(backtest("--seed", "2").run.journalHash, backtest("--seed", "2").run.journalHash);
});

/** Three months of a simulated market in a home folder of its own, so that nothing of yours is touched. */
function backtest(...flags: readonly string[]): Report {
  const home = mkdtempSync(join(tmpdir(), "expert-test-"));
  const program = fileURLToPath(new URL("bin/metaexpert.mjs", import.meta.resolve("metaexpert/package.json")));
  const period = ["--from", "2024-01-01", "--to", "2024-04-01"];
  const words = ["backtest", import.meta.dirname, "--simulated", ...period, ...flags, "--no-tear-sheet", "--json", "--home", home];
  try {
    return JSON.parse(execFileSync(process.execPath, [program, ...words], { encoding: "utf8" })) as Report;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
