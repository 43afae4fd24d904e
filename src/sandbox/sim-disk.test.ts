import { describe, expect, it } from "vitest";
import { createRandom } from "../base/random.ts";
import type { DiskFile } from "../operations/disk.ts";
import { SimDisk, SimulatedCrash } from "./sim-disk.ts";

const FOLDER = "/state";
const PATH = "/state/file";

/** A folder with one file of five durable bytes, 1 to 5. */
function prepared(seed = 1): { readonly disk: SimDisk; readonly file: DiskFile } {
  const disk = new SimDisk(createRandom(seed));
  disk.makeFolder(FOLDER);
  const file = disk.openAppend(PATH);
  file.append(Uint8Array.of(1, 2, 3, 4, 5));
  file.sync();
  disk.syncFolder(FOLDER);
  return { disk, file };
}

/** Everything that a power cut may leave, over many seeds. */
function fates(work: (disk: SimDisk, file: DiskFile) => void, look: (disk: SimDisk) => string = contentOf): string[] {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 200; seed += 1) {
    const { disk, file } = prepared(seed);
    work(disk, file);
    disk.powerCut();
    seen.add(look(disk));
  }
  return [...seen].toSorted();
}

function contentOf(disk: SimDisk): string {
  return disk.read(PATH).join("");
}

const names = (disk: SimDisk): string => disk.list(FOLDER).join(" ");

describe("a power cut", () => {
  it("loses, keeps, tears or zero-fills what was not synced, and nothing else", () => {
    expect(fates((_disk, file) => file.append(Uint8Array.of(6, 7)))).toEqual(["12345", "1234500", "123456", "1234560", "1234567"]);
  });

  it("keeps what was synced", () => {
    const seen = fates((_disk, file) => {
      file.append(Uint8Array.of(6, 7));
      file.sync();
    });
    expect(seen).toEqual(["1234567"]);
  });

  it("may undo names that were made, changed or removed since the folder was synced", () => {
    expect(fates((disk) => disk.rename(PATH, "/state/other"), names)).toEqual(["file", "other"]);
    expect(fates((disk) => disk.remove(PATH), names)).toEqual(["", "file"]);
    expect(fates((disk) => disk.openAppend("/state/new").close(), names)).toEqual(["file", "file new"]);
    const synced = (disk: SimDisk): void => {
      disk.rename(PATH, "/state/other");
      disk.syncFolder(FOLDER);
    };
    expect(fates(synced, names)).toEqual(["other"]);
  });

  it("may undo a cut that was not synced", () => {
    expect(fates((disk) => disk.truncate(PATH, 2))).toEqual(["12", "12345"]);
    const synced = (disk: SimDisk, file: DiskFile): void => {
      disk.truncate(PATH, 2);
      file.sync();
    };
    expect(fates(synced)).toEqual(["12"]);
  });

  it("loses what was synced by a disk that lies", () => {
    const seen = fates((disk, file) => {
      disk.liesAboutSync = true;
      file.append(Uint8Array.of(6));
      file.sync();
    });
    expect(seen).toContain("12345");
  });

  it("loses what was synced after a sync that failed: the system takes the pages for written", () => {
    const seen = fates((disk, file) => {
      file.append(Uint8Array.of(6));
      disk.failNext("sync", "EIO");
      expect(() => file.sync()).toThrow(expect.objectContaining({ code: "EIO" }));
      file.sync();
    });
    expect(seen).toContain("12345");
  });
});

describe("the death of the process", () => {
  it("loses nothing that was written, and closes its files", () => {
    const { disk, file } = prepared();
    file.append(Uint8Array.of(6));
    disk.kill();
    expect(contentOf(disk)).toBe("123456");
    expect(() => file.append(Uint8Array.of(7))).toThrow("the file is open");
  });
});

describe("a crash at a numbered operation", () => {
  it("happens there, and nothing works until a new life begins", () => {
    const { disk, file } = prepared();
    disk.crashAt(disk.points + 2);
    file.append(Uint8Array.of(6));
    expect(() => file.sync()).toThrow(SimulatedCrash);
    expect(disk.isDown).toBe(true);
    expect(() => disk.read(PATH)).toThrow(SimulatedCrash);
    expect(() => file.append(Uint8Array.of(7))).toThrow(SimulatedCrash);
    disk.kill();
    expect(contentOf(disk)).toBe("123456");
  });

  it("in the midst of a sync is no failed sync: later ones work", () => {
    const { disk, file } = prepared();
    file.append(Uint8Array.of(6));
    disk.crashAt(disk.points + 1);
    expect(() => file.sync()).toThrow(SimulatedCrash);
    disk.kill();
    const again = disk.openAppend(PATH);
    again.append(Uint8Array.of(7));
    again.sync();
    disk.powerCut();
    expect(contentOf(disk)).toBe("1234567");
  });

  it("leaves nothing, a part or all of what it interrupts", () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 100; seed += 1) {
      const { disk, file } = prepared(seed);
      disk.crashAt(disk.points + 1);
      expect(() => file.append(Uint8Array.of(6, 7))).toThrow(SimulatedCrash);
      disk.kill();
      seen.add(contentOf(disk));
    }
    expect([...seen].toSorted()).toEqual(["12345", "123456", "1234567"]);
  });

  it("comes out the same for the same seed", () => {
    const history = (seed: number): string => {
      const { disk, file } = prepared(seed);
      file.append(new Uint8Array(200).fill(7));
      disk.powerCut();
      return contentOf(disk);
    };
    expect(history(42)).toBe(history(42));
    expect(new Set(Array.from({ length: 30 }, (_, seed) => history(seed))).size).toBeGreaterThan(5);
  });
});

describe("a disk that is full", () => {
  it("takes what there is room for and says ENOSPC", () => {
    const { disk, file } = prepared();
    disk.capacity = 7;
    expect(() => file.append(Uint8Array.of(6, 7, 8))).toThrow(expect.objectContaining({ code: "ENOSPC" }));
    expect(contentOf(disk)).toBe("1234567");
    disk.capacity = Infinity;
    file.append(Uint8Array.of(9));
    expect(contentOf(disk)).toBe("12345679");
  });
});
