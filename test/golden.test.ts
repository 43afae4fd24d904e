/**
 * Every example reproduces its expected statistics on real data, through the command a user types. Where the optional market
 * data folder is not there, the tests are skipped. METAEXPERT_UPDATE_GOLDEN=1 writes the statistics anew.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

interface Golden {
  /** Folders of the market data folder that the run needs. */
  readonly data: readonly string[];
  readonly arguments: readonly string[];
  readonly statistics: Readonly<Record<string, number | null>>;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const data = fileURLToPath(new URL("../../shared/data", import.meta.url));
const isThere = existsSync(join(data, "binance_spot_1m"));
const EXAMPLES = ["binance-ema", "bybit-rsi", "okx-macd"] as const;
const home = mkdtempSync(join(tmpdir(), "metaexpert-golden-"));

const fileOf = (example: string): string => join(root, "examples", example, "expected.json");
const goldenOf = (example: string): Golden => JSON.parse(readFileSync(fileOf(example), "utf8")) as Golden;

function metaexpert(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin/metaexpert.mjs"), "--home", home, ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout;
}

beforeAll(() => {
  if (!isThere) return;
  const folders = new Set(EXAMPLES.flatMap((example) => goldenOf(example).data));
  metaexpert("--json", "data", "import", ...[...folders].map((folder) => join(data, folder)));
}, 60_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

test.skipIf(!isThere).each(EXAMPLES)("examples/%s reproduces its statistics", { timeout: 60_000 }, (example) => {
  const golden = goldenOf(example);
  const report = JSON.parse(metaexpert("--json", "backtest", join("examples", example), ...golden.arguments, "--no-tear-sheet")) as {
    readonly statistics: { readonly headline: Readonly<Record<string, number | null>> };
  };
  const { headline } = report.statistics;
  if (process.env["METAEXPERT_UPDATE_GOLDEN"] === "1") {
    writeFileSync(fileOf(example), `${JSON.stringify({ ...golden, statistics: headline }, null, 2)}\n`);
    return;
  }
  expect(Object.keys(headline)).toEqual(Object.keys(golden.statistics));
  for (const [name, value] of Object.entries(golden.statistics)) {
    const ours = headline[name] ?? null;
    if (value === null || ours === null) expect([name, ours]).toEqual([name, value]);
    else expect(Math.abs(ours - value), `${name}: ${ours}, expected ${value}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
  }
});

test("every example says what it expects", () => {
  for (const example of EXAMPLES) expect(Object.keys(goldenOf(example).statistics).length).toBeGreaterThan(20);
});
