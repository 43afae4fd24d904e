/** The engine loop over a year of minutes, beside the same strategy as a plain C loop where a C compiler is there. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { timeframeMs, type Timeframe } from "../../src/domain/timeframe.ts";
import type { BarColumns } from "../../src/domain/bar.ts";
import { runEmaCross } from "./ema-cross.ts";
import { marketYear } from "./market-year.ts";

const ROUNDS = 30;
const C_REPEATS = 30;

interface CRun {
  readonly ms: number;
  readonly trades: number;
  readonly equity: number;
}

/** Prints one row for each timeframe of the strategy. */
export async function run(): Promise<void> {
  const { bars, name } = marketYear();
  const folder = mkdtempSync(join(tmpdir(), "metaexpert-bench-"));
  try {
    const plain = compile(folder, "plain", []);
    const whole = compile(folder, "whole", ["-DBOOKS"]);
    const file = join(folder, "bars");
    if (plain !== undefined) writeColumns(file, bars);
    console.log(
      `EMA cross with fees, slippage, stop-loss and take-profit over ${name}, ${bars.length.toLocaleString("en")} bars, Node ${process.versions.node}`,
    );
    console.log("million bars a second; C does the same decisions and fills, then also the same ledger and hashed journal\n");
    console.log("| strategy on | trades | first run | warm | plain C | ratio | C with books | ratio |");
    console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (const timeframe of ["1h", "1m"] as const) await row(timeframe, bars, { file, plain, whole });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function row(
  timeframe: Timeframe,
  bars: BarColumns,
  { file, plain, whole }: { file: string; plain: string | undefined; whole: string | undefined },
): Promise<void> {
  const first = await runEmaCross(timeframe, [bars]);
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) best = Math.min(best, (await runEmaCross(timeframe, [bars])).ms);
  const trades = first.record.trades.length;
  const rate = (ms: number): number => bars.length / ms / 1_000;
  const besideC = (program: string | undefined): string => {
    if (program === undefined) return "no compiler | ";
    const c = runC(program, file, bars.length, timeframe);
    if (c.trades !== trades || Math.abs(c.equity / first.record.equity.endEquity - 1) > 1e-6) {
      throw new Error(`the C loop did other work: ${c.trades} trades to ${c.equity}, ours ${trades} to ${first.record.equity.endEquity}`);
    }
    return `${rate(c.ms).toFixed(1)} | ${(c.ms / best).toFixed(2)}`;
  };
  console.log(
    `| ${timeframe} bars of 1m | ${trades} | ${rate(first.ms).toFixed(1)} | ${rate(best).toFixed(1)} | ${besideC(plain)} | ${besideC(whole)} |`,
  );
}

function compile(folder: string, name: string, flags: readonly string[]): string | undefined {
  const source = fileURLToPath(new URL("ema-cross.c", import.meta.url));
  const program = join(folder, name);
  const { status } = spawnSync("cc", ["-O2", ...flags, "-o", program, source, "-lm"], { stdio: "ignore" });
  return status === 0 ? program : undefined;
}

function runC(program: string, file: string, rows: number, timeframe: Timeframe): CRun {
  const { stdout, status } = spawnSync(program, [file, rows, 60_000, timeframeMs(timeframe), C_REPEATS].map(String), { encoding: "utf8" });
  if (status !== 0) throw new Error("the C loop failed");
  const [ns, trades, equity] = stdout.split(" ").map(Number) as [number, number, number];
  return { ms: ns / 1e6, trades, equity };
}

function writeColumns(file: string, { openTime, open, high, low, close, volume }: BarColumns): void {
  writeFileSync(
    file,
    Buffer.concat(
      [openTime, open, high, low, close, volume].map((column) => Buffer.from(column.buffer, column.byteOffset, column.byteLength)),
    ),
  );
}
