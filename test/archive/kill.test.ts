import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ParquetArchive } from "../../src/archive/parquet/parquet-archive.ts";
import { sleep } from "../../src/base/clock.ts";
import { createRandom } from "../../src/base/random.ts";
import { generation, key, ROWS } from "./generation.ts";

const KILLS = 12;
const child = fileURLToPath(new URL("./appending-child.ts", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "metaexpert-kill-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a writer killed at any moment of an append", () => {
  it("leaves the old state or the new one of all files, readable, and the next writer goes on", { timeout: 120_000 }, async () => {
    const random = createRandom(2_022);
    let reached = -1;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const announced = await appendUntilKilled(reached + 1, random.integer(0, 150));
      const stored = await storedGeneration();
      // What was announced is stored; one more may have been on its way and arrived.
      expect([announced, announced + 1]).toContain(stored);
      reached = stored;
    }
    expect(reached).toBeGreaterThanOrEqual(KILLS);
  });

  it("leaves no litter once another writer has been there", async () => {
    await new ParquetArchive(folder).appendBars(key, generation(1_000_000));
    const names = await readdir(join(folder, "binance/spot/BTCUSDT/bars/1m/trade"));
    expect(names.map((name) => name.replace(/-\w+\./, "-hash.")).toSorted()).toEqual([
      "2021-hash.parquet",
      "2022-hash.parquet",
      "series.json",
    ]);
  });
});

/** Lets a child append and kills it so many milliseconds after its first append; gives the last generation it announced. */
async function appendUntilKilled(first: number, afterMs: number): Promise<number> {
  const writer = spawn(process.execPath, [child, folder, String(first)], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => {
    writer.once("exit", () => resolve());
  });
  let announced = -1;
  await new Promise<void>((resolve) => {
    writer.stdout.on("data", (text: Buffer) => {
      announced = Number(text.toString().trim().split("\n").at(-1));
      resolve();
    });
    writer.once("exit", () => resolve());
  });
  await sleep(afterMs);
  writer.kill("SIGKILL");
  await ended;
  return announced;
}

/** The one number that all stored prices are. */
async function storedGeneration(): Promise<number> {
  const found = new Set<number>();
  let rows = 0;
  for await (const bars of new ParquetArchive(folder).readBars(key)) {
    rows += bars.length;
    for (const price of bars.close) found.add(price);
  }
  expect(rows).toBe(ROWS);
  expect(found.size).toBe(1);
  return [...found][0] ?? NaN;
}
