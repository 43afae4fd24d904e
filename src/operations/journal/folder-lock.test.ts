import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockFolder } from "./folder-lock.ts";

const MODULE = join(import.meta.dirname, "folder-lock.ts");
let home = "";

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "metaexpert-state-"));
});
afterEach(() => rmSync(home, { recursive: true }));

/** What another process is told that asks for the folder. */
function askFromOutside(folder: string): string {
  const script = `import { lockFolder } from ${JSON.stringify(MODULE)};
    try { lockFolder(${JSON.stringify(folder)}); console.log("got it"); } catch (error) { console.log(error.message); }`;
  return spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" }).stdout.trim();
}

describe("the lock of a state folder", () => {
  it("F87: keeps a second process out, and tells it which one is in", () => {
    const folder = join(home, "state");
    const lock = lockFolder(folder);
    expect(askFromOutside(folder)).toBe(
      `${folder} is in use by process ${process.pid}: end that run, or give this one another state folder`,
    );
    lock.release();
    expect(askFromOutside(folder)).toBe("got it");
  });

  it("keeps a second run of the same process out", () => {
    using _lock = lockFolder(home);
    expect(() => lockFolder(home)).toThrow(`is in use by process ${process.pid}`);
  });

  it("F87: of a process that has ended without a word is taken over", () => {
    expect(askFromOutside(home)).toBe("got it");
    expect(readdirSync(home)).toEqual([".lock"]);
    lockFolder(home).release();
    expect(readdirSync(home)).toEqual([]);
  });

  it.skipIf(process.platform !== "linux")("of a process number that now belongs to another process is taken over", () => {
    writeFileSync(join(home, ".lock"), JSON.stringify({ host: hostname(), pid: process.pid, started: "1" }));
    using _lock = lockFolder(home);
    expect(() => lockFolder(home)).toThrow("is in use");
  });

  it("of another machine is not taken over, and the way out is named", () => {
    writeFileSync(join(home, ".lock"), JSON.stringify({ host: "elsewhere", pid: 1, started: "" }));
    expect(() => lockFolder(home)).toThrow(`process 1 on elsewhere (if it no longer runs there, delete ${join(home, ".lock")})`);
  });

  it.skipIf(process.platform === "win32")("makes a folder that only its owner can look into", () => {
    using _lock = lockFolder(join(home, "a", "b"));
    expect(statSync(join(home, "a", "b")).mode & 0o777).toBe(0o700);
    expect(statSync(join(home, "a", "b", ".lock")).mode & 0o777).toBe(0o600);
  });
});
