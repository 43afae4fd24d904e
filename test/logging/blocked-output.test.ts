import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metaexpert-blocked-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Fault F95: whoever reads the log has stopped reading, or has gone; the program must not notice. */
test.skipIf(process.platform === "win32").each([
  ["that nobody reads", false],
  ["that is closed at the other end", true],
])("a program that logs goes on with a standard error %s", async (_title, isClosed) => {
  const result = join(folder, "result.json");
  const child = spawn(process.execPath, [join(import.meta.dirname, "talking-child.ts"), result], { stdio: ["ignore", "ignore", "pipe"] });
  if (isClosed) child.stderr.destroy();
  await new Promise((resolve) => child.once("exit", resolve));
  child.stderr.destroy();
  const { beats, lost } = JSON.parse(readFileSync(result, "utf8")) as { beats: number; lost: number };
  expect(beats).toBe(50);
  if (!isClosed) expect(lost).toBeGreaterThan(0);
});
