import { expect, test } from "vitest";
import { FileSink, type FileSinkOptions } from "./file-sink.ts";
import type { LogDisk, LogFile } from "./log-disk.ts";

/** A disk in memory that holds back or refuses what is written while it is told to. */
class TestDisk implements LogDisk {
  readonly files = new Map<string, string>();
  fails: string | undefined;
  #open: Promise<void> = Promise.resolve();
  release: () => void = () => {};

  stall(): void {
    this.#open = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  openNow(path: string): LogFile {
    const text = this.files.get(path) ?? "";
    this.files.set(path, text);
    let name = path;
    const moved = (from: string, to: string): void => {
      if (from === name) name = to;
    };
    this.#moves.add(moved);
    const append = (bytes: Uint8Array): void => {
      if (this.fails !== undefined) throw Object.assign(new Error("no"), { code: this.fails });
      this.files.set(name, (this.files.get(name) ?? "") + Buffer.from(bytes).toString());
    };
    return {
      size: text.length,
      append: async (bytes) => {
        await this.#open;
        append(bytes);
      },
      appendNow: append,
      close: async () => void this.#moves.delete(moved),
    };
  }

  readonly #moves = new Set<(from: string, to: string) => void>();

  async open(path: string): Promise<LogFile> {
    return this.openNow(path);
  }

  async rename(from: string, to: string): Promise<void> {
    const text = this.files.get(from);
    if (text === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    this.files.delete(from);
    this.files.set(to, text);
    for (const move of this.#moves) move(from, to);
  }

  async remove(path: string): Promise<void> {
    this.files.delete(path);
  }
}

function sinkOn(disk: TestDisk, changes: Partial<FileSinkOptions> = {}): { readonly sink: FileSink; readonly troubles: readonly string[] } {
  const troubles: string[] = [];
  const sink = new FileSink({
    path: "/run.log",
    disk,
    bytesMax: 1e6,
    filesKept: 2,
    waitingBytesMax: 1e6,
    onTrouble: (reason) => troubles.push(reason),
    lossLine: (lines, reason) => `(${lines} missing: ${reason})\n`,
    ...changes,
  });
  return { sink, troubles };
}

test("a file that would grow too large is put aside, and only so many are kept", async () => {
  const disk = new TestDisk();
  const { sink } = sinkOn(disk, { bytesMax: 20 });
  for (let number = 1; number <= 9; number += 1) {
    sink.write(`line ${number}\n`);
    await sink.flush();
  }
  expect(Object.fromEntries(disk.files)).toEqual({
    "/run.log": "line 9\n",
    "/run.log.1": "line 7\nline 8\n",
    "/run.log.2": "line 5\nline 6\n",
  });
});

test("what a file holds from earlier counts towards its size", async () => {
  const disk = new TestDisk();
  disk.files.set("/run.log", "a line of yesterday\n");
  const { sink } = sinkOn(disk, { bytesMax: 24 });
  sink.write("today\n");
  await sink.flush();
  expect(disk.files.get("/run.log.1")).toBe("a line of yesterday\n");
});

test("a full disk costs lines and says how many once there is room again", async () => {
  const disk = new TestDisk();
  const { sink, troubles } = sinkOn(disk);
  sink.write("one\n");
  await sink.flush();
  disk.fails = "ENOSPC";
  for (const line of ["two\n", "three\n", "four\n"]) {
    sink.write(line);
    await sink.flush();
  }
  disk.fails = undefined;
  sink.write("five\n");
  await sink.flush();
  expect(disk.files.get("/run.log")).toBe("one\n(3 missing: the disk is full)\nfive\n");
  expect(troubles).toEqual(["the disk is full"]);
  expect(sink.lost).toBe(3);
});

test("F95: a disk that stands still keeps no more than its bound waiting, and nobody waits for it", async () => {
  const disk = new TestDisk();
  const { sink, troubles } = sinkOn(disk, { waitingBytesMax: 300 });
  disk.stall();
  sink.write("first\n");
  await Promise.resolve();
  await Promise.resolve();
  for (let number = 0; number < 1000; number += 1) sink.write("0123456789\n");
  disk.release();
  await sink.flush();
  sink.write("last\n");
  await sink.flush();
  const lines = (disk.files.get("/run.log") ?? "").trimEnd().split("\n");
  expect(lines.filter((line) => line === "0123456789")).toHaveLength(9);
  expect(lines.join(" ")).toMatch(/\(991 missing: the disk is too slow\)/);
  expect(troubles).toEqual(["the disk is too slow"]);
});

test("the last words are written though the disk has not come to them", () => {
  const disk = new TestDisk();
  const { sink } = sinkOn(disk);
  sink.write("goodbye\n");
  sink.flushNow();
  expect(disk.files.get("/run.log")).toBe("goodbye\n");
});
