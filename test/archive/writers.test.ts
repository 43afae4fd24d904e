import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ParquetArchive } from "../../src/archive/parquet/parquet-archive.ts";
import { key } from "./generation.ts";

const WRITERS = 3;
const BARS = 15;
const child = fileURLToPath(new URL("./writing-child.ts", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "metaexpert-writers-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("processes that append to one series at the same time lose nothing, and a reader never fails meanwhile", async () => {
  const archive = new ParquetArchive(folder);
  const writers = Array.from({ length: WRITERS }, (_, writer) => run([folder, writer, WRITERS, BARS].map(String)));
  const state = { isWriting: true };
  const written = Promise.all(writers).then((codes) => {
    state.isWriting = false;
    return codes;
  });
  let seen = 0;
  while (state.isWriting) {
    const rows = await count(archive);
    expect(rows).toBeGreaterThanOrEqual(seen);
    seen = rows;
  }
  expect(await written).toEqual(Array.from({ length: WRITERS }, () => 0));
  expect(await count(archive)).toBe(WRITERS * BARS);
});

async function run(args: readonly string[]): Promise<number | null> {
  const process_ = spawn(process.execPath, [child, ...args], { stdio: "inherit" });
  return new Promise((resolve) => {
    process_.once("exit", resolve);
  });
}

async function count(archive: ParquetArchive): Promise<number> {
  let rows = 0;
  for await (const bars of archive.readBars(key)) rows += bars.length;
  return rows;
}
