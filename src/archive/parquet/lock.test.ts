import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LOCK_FILE } from "./durable-file.ts";
import { withLock } from "./lock.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "metaexpert-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("the lock of a folder", () => {
  it("lets one in at a time", async () => {
    let inside = 0;
    let most = 0;
    const enter = () =>
      withLock(folder, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await readdir(folder);
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 20 }, enter));
    expect(most).toBe(1);
  });

  it("is given back when the work fails", async () => {
    await expect(withLock(folder, () => Promise.reject(new Error("broken work")))).rejects.toThrow("broken work");
    expect(await withLock(folder, () => Promise.resolve("in"))).toBe("in");
  });

  it("leaves nothing behind", async () => {
    await withLock(folder, () => Promise.resolve());
    expect(await readdir(folder)).toEqual([]);
  });

  it("of a process that has ended is taken over by one waiter after the other", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    await writeFile(join(folder, LOCK_FILE), JSON.stringify({ host: hostname(), pid, started: "1" }));
    let inside = 0;
    const enter = () =>
      withLock(folder, async () => {
        inside += 1;
        await readdir(folder);
        expect(inside).toBe(1);
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 10 }, enter));
    expect(await readdir(folder)).toEqual([]);
  });

  it("of a process number that now belongs to another process is taken over", async () => {
    if (process.platform !== "linux") return;
    await writeFile(join(folder, LOCK_FILE), JSON.stringify({ host: hostname(), pid: process.pid, started: "1" }));
    expect(await withLock(folder, () => Promise.resolve("in"))).toBe("in");
  });

  it("that nobody can read any more is taken over", async () => {
    await writeFile(join(folder, LOCK_FILE), "{");
    expect(await withLock(folder, () => Promise.resolve("in"))).toBe("in");
  });
});
