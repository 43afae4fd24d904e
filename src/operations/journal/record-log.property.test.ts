// Invariants of the journal on a disk that is cut off at any operation:
// 1. what was synced is there after a power cut, what was flushed after the death of the process;
// 2. what is there is a beginning of what was appended, whole and chained;
// 3. a journal that was cut off while it was being opened opens all the same, and goes on.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../base/random.ts";
import { SimDisk, SimulatedCrash } from "../../sandbox/sim-disk.ts";
import { openRecordLog, type RecordLog } from "./record-log.ts";
import { verifyJournal } from "./read-journal.ts";
import { recordsOf } from "./segment.ts";
import { inspectFolder, segmentPath } from "./segment-folder.ts";

const FOLDER = "/state";

/** What the world was promised. */
interface Promises {
  readonly written: string[];
  flushed: number;
  synced: number;
}

function open(disk: SimDisk): RecordLog {
  return openRecordLog({ disk, folder: FOLDER, identity: { strategy: "a" }, keepSegments: 50 });
}

function randomRecord(random: Random, number: number): string {
  return JSON.stringify({ number, text: "x".repeat(random.integer(0, random.next() < 0.1 ? 5_000 : 60)), price: random.normal() });
}

/** Appends, flushes, syncs and rotates as chance will have it, and notes what was promised. */
function write(log: RecordLog, promises: Promises, random: Random, steps: number): void {
  for (let step = 0; step < steps; step += 1) {
    const json = randomRecord(random, promises.written.length);
    promises.written.push(json);
    log.append(json);
    const choice = random.next();
    if (choice < 0.4) {
      log.flush();
      promises.flushed = promises.written.length;
    } else if (choice < 0.6) {
      log.sync();
      promises.synced = promises.written.length;
    } else if (choice < 0.75) {
      log.rotate(random.next() < 0.5 ? [json] : []);
      promises.synced = promises.written.length;
    }
  }
}

/** All records on the disk, over all segments. */
function onDisk(disk: SimDisk): string[] {
  return inspectFolder(disk, FOLDER).segments.flatMap((segment) => {
    const path = segmentPath(FOLDER, segment);
    return [...recordsOf(disk.read(path), path)].filter(({ isRepeat }) => !isRepeat).map(({ json }) => json);
  });
}

/** Runs until the crash; false when none came. */
function crashes(work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof SimulatedCrash) return true;
    throw error;
  }
}

function restart(disk: SimDisk, isPowerCut: boolean): void {
  if (isPowerCut) disk.powerCut();
  else disk.kill();
}

/** One life after the other, each cut off at an operation; then what is on the disk is held against what was promised. */
function live(seed: number, crashPoints: readonly number[], isPowerCut: boolean): number {
  const random = createRandom(seed);
  const disk = new SimDisk(random.fork("disk"));
  const promises: Promises = { written: [], flushed: 0, synced: 0 };
  for (const [life, point] of crashPoints.entries()) {
    disk.crashAt(disk.points + point);
    let log: RecordLog | undefined;
    const isCut = crashes(() => {
      log = open(disk);
      promises.written.length = log.length;
      promises.flushed = log.length;
      promises.synced = log.length;
      write(log, promises, random.fork(`life ${life}`), 12);
    });
    if (!isCut) return disk.points;
    restart(disk, isPowerCut);
    const promised = isPowerCut ? promises.synced : Math.max(promises.flushed, promises.synced);
    const last = open(disk);
    const found = onDisk(disk);
    expect(found).toEqual(promises.written.slice(0, found.length));
    expect(found.length).toBeGreaterThanOrEqual(promised);
    expect(last.length).toBe(found.length);
    expect(verifyJournal(disk, FOLDER)).toMatchObject({
      recordCount: found.length,
      hash: last.hash,
      broken: undefined,
      incompleteBytes: 0,
    });
    last.close();
    promises.written.length = found.length;
    promises.flushed = found.length;
    promises.synced = found.length;
  }
  return disk.points;
}

describe("a journal whose machine or process ends at any operation", () => {
  it.each([true, false])("keeps every promise (power cut: %s)", (isPowerCut) => {
    let crashesSeen = 0;
    for (let seed = 1; seed <= 25; seed += 1) {
      const total = live(seed, [Infinity], isPowerCut);
      for (let point = 1; point <= total; point += 1) {
        live(seed, [point], isPowerCut);
        crashesSeen += 1;
      }
    }
    expect(crashesSeen).toBeGreaterThan(500);
  });

  it("F83: keeps them over many lives, cut off while opening as well", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 8 }),
        fc.boolean(),
        (seed, points, isPowerCut) => {
          live(seed, points, isPowerCut);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("F86: forgets at most what was not acknowledged when syncs lie, or refuses to start", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = createRandom(seed);
        const disk = new SimDisk(random.fork("disk"));
        const promises: Promises = { written: [], flushed: 0, synced: 0 };
        const log = open(disk);
        disk.liesAboutSync = true;
        write(log, promises, random, 12);
        disk.liesAboutSync = false;
        disk.powerCut();
        let found: string[] = [];
        try {
          open(disk).close();
          found = onDisk(disk);
        } catch (error) {
          expect(String(error)).toMatch(/JournalError: .*Nothing was changed/);
        }
        expect(found).toEqual(promises.written.slice(0, found.length));
      }),
      { numRuns: 300 },
    );
  });
});
