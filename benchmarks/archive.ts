/** Import of the 574 daily zips, and a whole `backtest` command from process start to printed report. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const DATA = fileURLToPath(new URL("../../shared/data/binance_spot_1m", import.meta.url));
const COMMAND = fileURLToPath(new URL("../bin/metaexpert.mjs", import.meta.url));
const EXPERT = fileURLToPath(new URL("../examples/binance-ema", import.meta.url));
const RUNS = 5;

/** Prints seconds; skipped, and said so, where the optional market data folder is not there. */
export async function run(): Promise<void> {
  if (!existsSync(DATA)) {
    console.log("import and backtest command: skipped, the optional market data folder is not there");
    return;
  }
  const home = mkdtempSync(join(tmpdir(), "metaexpert-bench-"));
  try {
    const imported = timed(["--home", home, "data", "import", DATA]);
    console.log(`import of 574 daily zips: ${imported.seconds.toFixed(2)} s`);
    const runs = Array.from({ length: RUNS }, () =>
      timed(["--home", home, "--json", "backtest", EXPERT, "--from", "2022-01-01", "--to", "2023-01-01"]),
    );
    const best = runs.reduce((fastest, candidate) => (candidate.seconds < fastest.seconds ? candidate : fastest));
    const median = runs.map(({ seconds }) => seconds).toSorted((left, right) => left - right)[RUNS >> 1] as number;
    console.log(
      `backtest of 525,600 bars, process start to end, tear sheet written: best ${best.seconds.toFixed(2)} s, median ${median.toFixed(2)} s`,
    );
    const timings = (JSON.parse(best.stdout) as { run: { timings: Record<string, number> } }).run.timings;
    const stages = Object.entries(timings).map(([stage, ms]) => `${stage} ${ms.toFixed(0)} ms`);
    console.log(`of which: ${stages.join(", ")}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function timed(args: readonly string[]): { readonly seconds: number; readonly stdout: string } {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr);
  return { seconds: (performance.now() - started) / 1_000, stdout };
}
