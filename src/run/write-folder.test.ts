import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newResultsFolder, writeResults } from "./results.ts";
import { refuseOccupied, writeFolder } from "./write-folder.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "metaexpert-folder-"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test("a folder appears with all its files and the folders above it", () => {
  writeFolder(join(root, "a", "b"), { one: "1", two: "2" });
  expect(readdirSync(join(root, "a"))).toEqual(["b"]);
  expect(readFileSync(join(root, "a", "b", "two"), "utf8")).toBe("2");
});

test("a write that fails leaves the old folder and nothing else", () => {
  const folder = join(root, "kept");
  writeFolder(folder, { one: "old" });
  expect(() => writeFolder(folder, { one: "new", "no/such/folder": "" })).toThrow(/ENOENT/);
  expect(readFileSync(join(folder, "one"), "utf8")).toBe("old");
  expect(readdirSync(root)).toEqual(["kept"]);
});

test("what a killed process has left is removed by the next one, and what a living one is writing is not", () => {
  const gone = join(root, ".unfinished-999999999");
  const alive = join(root, `.unfinished-${process.ppid}`);
  mkdirSync(gone);
  mkdirSync(alive);
  writeFolder(join(root, "new"), { one: "1" });
  expect([existsSync(gone), existsSync(alive)]).toEqual([false, true]);
});

test("a folder of somebody else's files is refused and kept", () => {
  writeFileSync(join(root, "diary.txt"), "dear diary");
  expect(() => writeResults(root, { "run.json": "{}" })).toThrow(/is there already and not empty: choose a folder that is new/);
  expect(() => refuseOccupied(join(root, "diary.txt"))).toThrow(/is a file: choose another name/);
  expect(readdirSync(root)).toEqual(["diary.txt"]);
});

test("two runs of one second get folders of their own, named after time and run", () => {
  const run = { runId: "ema-20220101-20230101-abc", madeAt: Date.UTC(2026, 0, 2, 3, 4, 5) };
  const first = newResultsFolder(root, run);
  writeResults(first, { "run.json": "{}" });
  expect(first).toBe(join(root, "20260102-030405-ema-20220101-20230101-abc"));
  expect(newResultsFolder(root, run)).toBe(`${first}-2`);
});
