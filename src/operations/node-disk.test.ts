import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRandom } from "../base/random.ts";
import { SimDisk } from "../sandbox/sim-disk.ts";
import type { Disk } from "./disk.ts";
import { nodeDisk } from "./node-disk.ts";

let home = "";

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "metaexpert-disk-"));
});
afterEach(() => rmSync(home, { recursive: true }));

describe.each<[string, () => Disk]>([
  ["the machine's disk", () => nodeDisk],
  ["the simulated disk", () => new SimDisk(createRandom(1))],
])("%s", (_name, create) => {
  function folderOn(disk: Disk): string {
    const folder = join(home, "state", "run");
    disk.makeFolder(folder);
    return folder;
  }

  it("makes a folder with its parents, more than once, and lists what is in it", () => {
    const disk = create();
    expect(disk.list(join(home, "state"))).toEqual([]);
    const folder = folderOn(disk);
    folderOn(disk);
    disk.openAppend(join(folder, "b")).close();
    disk.openAppend(join(folder, "a")).close();
    disk.syncFolder(folder);
    expect(disk.list(folder)).toEqual(["a", "b"]);
    expect(disk.list(join(home, "state"))).toEqual(["run"]);
    expect([disk.exists(join(folder, "a")), disk.exists(join(folder, "c"))]).toEqual([true, false]);
  });

  it("adds at the end of what was there", () => {
    const disk = create();
    const path = join(folderOn(disk), "file");
    const first = disk.openAppend(path);
    first.append(Uint8Array.of(1, 2));
    first.sync();
    first.close();
    const second = disk.openAppend(path);
    expect(second.size).toBe(2);
    second.append(Uint8Array.of(3));
    expect(second.size).toBe(3);
    second.close();
    second.close();
    expect([...disk.read(path)]).toEqual([1, 2, 3]);
    expect(disk.size(path)).toBe(3);
  });

  it("reads a part, and less where the file ends before", () => {
    const disk = create();
    const path = join(folderOn(disk), "file");
    const file = disk.openAppend(path);
    file.append(Uint8Array.of(1, 2, 3, 4));
    file.close();
    expect([...disk.read(path, 1, 3)]).toEqual([2, 3]);
    expect([...disk.read(path, 2)]).toEqual([3, 4]);
    expect([...disk.read(path, 3, 100)]).toEqual([4]);
    expect([...disk.read(path, 9, 12)]).toEqual([]);
  });

  it("cuts, renames over what was there, and removes", () => {
    const disk = create();
    const folder = folderOn(disk);
    const [one, other] = [join(folder, "one"), join(folder, "other")];
    for (const path of [one, other]) {
      const file = disk.openAppend(path);
      file.append(path === one ? Uint8Array.of(1, 2, 3) : Uint8Array.of(9));
      file.close();
    }
    disk.truncate(one, 2);
    disk.rename(one, other);
    expect(disk.list(folder)).toEqual(["other"]);
    expect([...disk.read(other)]).toEqual([1, 2]);
    disk.remove(other);
    expect(disk.list(folder)).toEqual([]);
  });

  it("says with the system's code that something is not there", () => {
    const disk = create();
    const path = join(folderOn(disk), "none");
    for (const call of [() => disk.read(path), () => disk.size(path), () => disk.remove(path), () => disk.rename(path, `${path}2`)]) {
      expect(call).toThrow(expect.objectContaining({ code: "ENOENT" }));
    }
  });
});

it.skipIf(process.platform === "win32")("what is kept on the machine's disk can be read by its owner only", () => {
  const folder = join(home, "a", "b");
  nodeDisk.makeFolder(folder);
  nodeDisk.openAppend(join(folder, "file")).close();
  expect(statSync(join(home, "a")).mode & 0o777).toBe(0o700);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, "file")).mode & 0o777).toBe(0o600);
});
