import { describe, expect, it } from "vitest";
import { JournalError } from "../../base/errors.ts";
import { createRandom } from "../../base/random.ts";
import { SimDisk } from "../../sandbox/sim-disk.ts";
import { openRecordLog, type RecordLog, type RecordLogOptions } from "./record-log.ts";
import { verifyJournal } from "./read-journal.ts";

const FOLDER = "/state";
const IDENTITY = { strategy: "ema-cross", account: "main", mode: "live" };
const FIRST = `${FOLDER}/journal-00000001.log`;
const SECOND = `${FOLDER}/journal-00000002.log`;
const THIRD = `${FOLDER}/journal-00000003.log`;
const INDEX = `${FOLDER}/journal.index`;

function open(disk: SimDisk, options: Partial<RecordLogOptions> = {}): RecordLog {
  return openRecordLog({ disk, folder: FOLDER, identity: IDENTITY, ...options });
}

const record = (number: number): string => `{"n":${number},"text":"запись ${number}"}`;

/** Three segments: records 1–3, 4–6 and 7–12; the second and third begin with two repeats. */
function filled(): SimDisk {
  const disk = new SimDisk(createRandom(1));
  const log = open(disk);
  for (let number = 1; number <= 12; number += 1) {
    log.append(record(number));
    if (number === 3 || number === 6) log.rotate([`{"repeat":1,"at":${number}}`, `{"repeat":2,"at":${number}}`]);
  }
  log.close();
  return disk;
}

/** All files and their bytes, to see that nothing was changed. */
function contentOf(disk: SimDisk): unknown {
  return disk.list(FOLDER).map((name) => [name, Buffer.from(disk.read(`${FOLDER}/${name}`)).toString("latin1")]);
}

function change(disk: SimDisk, path: string, edit: (bytes: Uint8Array) => Uint8Array): void {
  disk.put(path, edit(disk.read(path)));
}

function lineStarts(bytes: Uint8Array): number[] {
  return [0, ...bytes.entries().flatMap(([at, byte]) => (byte === 10 ? [at + 1] : []))];
}

function texts(log: RecordLog): string[] {
  return Array.from(log.records(), ({ json }) => json);
}

function refusal(disk: SimDisk, options: Partial<RecordLogOptions> = {}): string {
  const before = contentOf(disk);
  let message = "opened";
  try {
    open(disk, options);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    message = error.message;
  }
  expect(contentOf(disk)).toEqual(before);
  return message;
}

describe("a log of records", () => {
  it("gives back after opening what was appended, with the same length and hash", () => {
    const disk = new SimDisk(createRandom(1));
    const log = open(disk);
    for (let number = 1; number <= 5; number += 1) log.append(record(number));
    const { hash } = log;
    log.close();
    const again = open(disk);
    expect(texts(again)).toEqual([1, 2, 3, 4, 5].map(record));
    expect([again.length, again.hash, again.dropped]).toEqual([5, hash, undefined]);
  });

  it("chains records as SHA-256 over the hash before and the text, so that other programs can check it", () => {
    const log = open(new SimDisk(createRandom(1)));
    log.append('{"a":1}');
    // printf '%064d{"a":1}' 0 | sha256sum
    expect(log.hash).toBe("fc6cee09194dd2578bd7664604fcb72a539066fd34544cea0009c43eb6cdc289");
  });

  it("has one hash however often it begins a new segment", () => {
    const [many, one] = [open(new SimDisk(createRandom(1))), open(new SimDisk(createRandom(1)))];
    for (let number = 1; number <= 6; number += 1) {
      many.append(record(number));
      one.append(record(number));
      many.rotate([record(number)]);
    }
    expect(many.hash).toBe(one.hash);
    expect(many.length).toBe(6);
  });

  it("begins a new segment with what it is told to repeat, and reads no further back", () => {
    const again = open(filled());
    expect(Array.from(again.records(), ({ number, isRepeat }) => [number, isRepeat])).toEqual([
      [6, true],
      [6, true],
      ...[7, 8, 9, 10, 11, 12].map((number) => [number, false]),
    ]);
    expect(texts(again)).toEqual(['{"repeat":1,"at":6}', '{"repeat":2,"at":6}', ...[7, 8, 9, 10, 11, 12].map(record)]);
  });

  it("keeps as many segments as it is told to", () => {
    const disk = new SimDisk(createRandom(1));
    const log = open(disk, { keepSegments: 2 });
    for (let number = 1; number <= 4; number += 1) {
      log.append(record(number));
      log.rotate([]);
    }
    log.close();
    expect(disk.list(FOLDER)).toEqual(["journal-00000004.log", "journal-00000005.log", "journal.index"]);
    expect(open(disk).length).toBe(4);
    expect(verifyJournal(disk, FOLDER)).toMatchObject({ firstRecord: 4, recordCount: 4, broken: undefined });
  });

  it("begins segments one after the other, with nothing between", () => {
    const disk = new SimDisk(createRandom(1));
    const log = open(disk);
    log.append(record(1));
    for (let count = 0; count < 3; count += 1) log.rotate([record(1)]);
    log.close();
    expect(open(disk).length).toBe(1);
    expect(verifyJournal(disk, FOLDER)).toMatchObject({ recordCount: 1, hash: log.hash, broken: undefined });
  });

  it("loses nothing flushed when the process dies, nor afterwards what the next one has read", () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const disk = new SimDisk(createRandom(seed));
      const log = open(disk);
      log.append(record(1));
      log.sync();
      log.append(record(2));
      log.flush();
      log.append(record(3));
      disk.kill();
      expect(texts(open(disk))).toEqual([record(1), record(2)]);
      disk.powerCut();
      expect(texts(open(disk))).toEqual([record(1), record(2)]);
    }
  });
});

describe("the end of a journal", () => {
  it.each([1, 30, 64, 66, 80])("that is cut %i bytes into its last line is dropped, and said so", (length) => {
    const disk = filled();
    const whole = disk.read(THIRD);
    const last = lineStarts(whole).at(-2) as number;
    disk.put(THIRD, whole.slice(0, last + length));
    const log = open(disk);
    expect(log.dropped).toBe(`${THIRD}: an incomplete record of ${length} bytes at the end was dropped`);
    expect(log.length).toBe(11);
    log.append(record(12));
    log.close();
    expect(disk.read(THIRD)).toEqual(whole);
  });

  it.each([1, 64, 4_096])("that is followed by %i zero bytes is taken without them", (length) => {
    const disk = filled();
    const whole = disk.read(THIRD);
    change(disk, THIRD, (bytes) => Uint8Array.of(...bytes, ...new Uint8Array(length)));
    const log = open(disk);
    expect(log.length).toBe(12);
    expect(log.dropped).toContain(`${length} bytes`);
    log.close();
    expect(disk.read(THIRD)).toEqual(whole);
  });

  it.each([
    ["is missing", (whole: Uint8Array) => whole.slice(0, -1)],
    ["is zero", (whole: Uint8Array) => whole.with(whole.length - 1, 0)],
    ["is another letter", (whole: Uint8Array) => whole.with(whole.length - 1, 0x78)],
  ])("whose line end %s is mended, and loses nothing", (_name, damage) => {
    const disk = filled();
    const whole = disk.read(THIRD);
    disk.put(THIRD, damage(whole));
    const log = open(disk);
    expect(log.dropped).toBe(`${THIRD}: the last record lacked its line end, which was mended`);
    expect(log.length).toBe(12);
    log.close();
    expect(disk.read(THIRD)).toEqual(whole);
  });

  it("that is half a record and zeros is dropped as one", () => {
    const disk = filled();
    change(disk, THIRD, (bytes) => bytes.fill(0, (lineStarts(bytes).at(-2) as number) + 20));
    expect(open(disk).length).toBe(11);
  });
});

describe("a damaged journal", () => {
  it("is refused with file, line and what to do", () => {
    const disk = filled();
    change(disk, THIRD, (bytes) => bytes.fill(0x78, (lineStarts(bytes)[4] as number) + 70, (lineStarts(bytes)[4] as number) + 71));
    expect(refusal(disk)).toBe(
      `${THIRD}, line 5: its content does not match its hash and the line before it. Nothing was changed. Bring the folder back from a ` +
        "backup; or, if there is none, move it away and start anew: orders and positions are then taken from the exchange",
    );
  });

  it.each([1, 0x80, 0xff])(
    "is noticed by each byte of its headers, its index, its repeats and its last three records, changed by %i",
    (mask) => {
      const disk = filled();
      const third = disk.read(THIRD);
      const starts = lineStarts(third);
      const second = disk.read(SECOND);
      const places: (readonly [path: string, from: number, to: number])[] = [
        [FIRST, 0, lineStarts(disk.read(FIRST))[1] as number],
        [SECOND, 0, lineStarts(second)[1] as number],
        // The last hash of a segment that is followed by another.
        [SECOND, lineStarts(second).at(-2) as number, (lineStarts(second).at(-2) as number) + 64],
        [THIRD, 0, starts[3] as number],
        // The very last byte is another matter: without it the record is whole.
        [THIRD, starts.at(-4) as number, third.length - 1],
        [INDEX, 0, disk.size(INDEX)],
      ];
      for (const [path, from, to] of places) {
        const whole = disk.read(path);
        for (let at = from; at < to; at += 1) {
          disk.put(path, whole.with(at, (whole[at] as number) ^ mask));
          expect(refusal(disk), `${path} at ${at}`).toMatch(/^\/state\/journal/);
        }
        disk.put(path, whole);
      }
      expect(open(disk).length).toBe(12);
    },
  );

  it("is noticed when a byte becomes the end of a line", () => {
    const disk = filled();
    const whole = disk.read(THIRD);
    for (let at = lineStarts(whole).at(-4) as number; at < whole.length - 1; at += 1) {
      if (whole[at] === 10) continue;
      disk.put(THIRD, whole.with(at, 10));
      expect(refusal(disk), `at ${at}`).toContain("does not match its hash");
    }
  });

  it("F84: cut off anywhere is refused, or opened with the records before the cut", () => {
    const disk = filled();
    const whole = disk.read(THIRD);
    const starts = lineStarts(whole);
    for (let size = 0; size < whole.length; size += 1) {
      disk.put(THIRD, whole.slice(0, size));
      // A record that lacks nothing but its line end is whole.
      const lines = starts.filter((start) => start > 0 && start <= size + (size > (starts[3] as number) ? 1 : 0)).length;
      if (lines < 3) expect(refusal(disk), `at ${size}`).toMatch(/not whole|ends within/);
      else expect(open(disk).length, `at ${size}`).toBe(6 + lines - 3);
    }
  });

  it.each([FIRST, SECOND, INDEX])("whose %s is cut off anywhere is refused", (path) => {
    const disk = filled();
    const whole = disk.read(path);
    for (let size = 0; size < whole.length; size += 1) {
      disk.put(path, whole.slice(0, size));
      expect(refusal(disk), `at ${size}`).toContain(path);
    }
  });

  it.each([FIRST, SECOND, THIRD])("without %s is refused", (path) => {
    const disk = filled();
    disk.remove(path);
    expect(refusal(disk)).toContain(`${path}: the file is missing`);
  });

  it("F84: with two segments swapped is refused", () => {
    const disk = filled();
    const [second, third] = [disk.read(SECOND), disk.read(THIRD)];
    disk.put(SECOND, third);
    disk.put(THIRD, second);
    expect(refusal(disk)).toMatch(/this is segment 3 under another's name/);
  });

  it("with the segment of another run is refused", () => {
    const disk = filled();
    const other = new SimDisk(createRandom(1));
    const log = open(other);
    for (let number = 1; number <= 6; number += 1) {
      log.append(record(number + (number === 5 ? 90 : 0)));
      if (number === 3) log.rotate([]);
    }
    log.close();
    disk.put(SECOND, other.read(SECOND));
    expect(refusal(disk)).toContain(SECOND);
  });

  it("is found by the verifier in segments that a restart does not read", () => {
    const disk = filled();
    const starts = lineStarts(disk.read(SECOND));
    change(disk, SECOND, (bytes) => bytes.with((starts[3] as number) + 70, 0x78));
    expect(verifyJournal(disk, FOLDER)).toMatchObject({ recordCount: 3, broken: { file: SECOND, line: 4 } });
  });
});

describe("somebody else's journal", () => {
  it.each([
    ["strategy", { ...IDENTITY, strategy: "grid" }],
    ["account", { ...IDENTITY, account: "second" }],
    ["mode", { ...IDENTITY, mode: "paper" }],
  ])("with another %s is refused", (name, identity) => {
    expect(refusal(filled(), { identity })).toMatch(
      new RegExp(`was written with ${name} ".*", and this run has ".*": give this run another state folder`),
    );
  });

  it("F91: of a later version is refused", () => {
    const disk = filled();
    change(disk, THIRD, (bytes) => Buffer.from(Buffer.from(bytes).toString().replace('"format":1', '"format":2')));
    expect(refusal(disk)).toContain("was written by a later version (format 2; this one reads up to 1): update MetaExpert");
  });
});

describe("a disk that fails", () => {
  it.each(["append", "sync"] as const)("on %s ends the journal: everything after it throws the same error", (operation) => {
    const disk = new SimDisk(createRandom(3));
    const log = open(disk);
    log.append(record(1));
    log.sync();
    disk.failNext(operation, "EIO");
    log.append(record(2));
    expect(() => log.sync()).toThrow(JournalError);
    const first = log.failure;
    expect(() => log.append(record(3))).toThrow(first);
    expect(() => log.sync()).toThrow(first);
    expect(() => log.rotate([])).toThrow(first);
    log.close();
    disk.kill();
    expect(texts(open(disk))[0]).toBe(record(1));
  });

  it("that is full says so, and the next start goes on after the last whole record", () => {
    const disk = new SimDisk(createRandom(3));
    const log = open(disk);
    log.append(record(1));
    log.sync();
    disk.capacity = disk.size(FIRST) + disk.size(INDEX) + 50;
    log.append(record(2));
    expect(() => log.flush()).toThrow(/ENOSPC.*free some space on the disk, then start again\. Nothing acknowledged is lost/);
    disk.capacity = Infinity;
    disk.kill();
    const again = open(disk);
    expect(texts(again)).toEqual([record(1)]);
    expect(again.dropped).toContain("50 bytes");
  });

  it.each(["create", "append", "sync", "rename", "syncFolder", "remove"] as const)("on %s within a rotation loses nothing", (operation) => {
    const disk = new SimDisk(createRandom(5));
    const log = open(disk, { keepSegments: 1 });
    log.append(record(1));
    log.sync();
    disk.failNext(operation, "EIO");
    expect(() => log.rotate([record(1)])).toThrow(JournalError);
    disk.powerCut();
    const again = open(disk);
    expect(texts(again)).toEqual([record(1)]);
    expect(again.length).toBe(1);
  });

  it("that cannot be read is told as what it is", () => {
    const disk = filled();
    disk.failNext("read", "EIO");
    expect(() => open(disk)).toThrow(/the journal in \/state cannot be opened: EIO/);
  });
});
