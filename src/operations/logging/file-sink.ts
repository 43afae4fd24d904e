import type { LogDisk, LogFile } from "./log-disk.ts";
import type { LogSink, SinkReports } from "./log-sink.ts";

export interface FileSinkOptions extends SinkReports {
  readonly path: string;
  readonly disk: LogDisk;
  /** A file that would grow beyond this is renamed to `….1`, the older ones to `….2` and so on. */
  readonly bytesMax: number;
  /** Older files that are kept. */
  readonly filesKept: number;
  /** Most bytes that wait for the disk; lines beyond are dropped and counted. */
  readonly waitingBytesMax: number;
}

/** A log file that turns over by size. Writing goes on beside the program: a disk that is slow, full or gone costs lines, never time. */
export class FileSink implements LogSink {
  readonly #options: FileSinkOptions;
  #file: LogFile;
  #size: number;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #lostNow = 0;
  #lostReason = "";
  #lost = 0;
  #work: Promise<void> | undefined;

  constructor(options: FileSinkOptions) {
    this.#options = options;
    this.#file = options.disk.openNow(options.path);
    this.#size = this.#file.size;
  }

  get lost(): number {
    return this.#lost;
  }

  write(line: string): void {
    const bytes = line.length * 3;
    if (this.#waitingBytes + bytes > this.#options.waitingBytesMax) return this.#lose(1, "the disk is too slow");
    this.#waiting.push(line);
    this.#waitingBytes += bytes;
    this.#work ??= this.#drain();
  }

  async flush(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  flushNow(): void {
    const lines = this.#take();
    if (lines.length === 0) return;
    try {
      this.#file.appendNow(Buffer.from(lines.join("")));
    } catch (error) {
      this.#lose(lines.length, reasonOf(error));
    }
  }

  async close(): Promise<void> {
    await this.flush();
    await this.#file.close().catch(() => {});
  }

  async #drain(): Promise<void> {
    // Lines of one moment go out together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const lines = this.#take();
      try {
        await this.#append(lines);
      } catch (error) {
        this.#lose(lines.length, reasonOf(error));
      }
    }
    this.#work = undefined;
  }

  async #append(lines: readonly string[]): Promise<void> {
    const missing = this.#lostNow;
    const notice = missing === 0 ? "" : this.#options.lossLine(missing, this.#lostReason);
    const bytes = Buffer.from(notice + lines.join(""), "utf8");
    if (this.#size > 0 && this.#size + bytes.length > this.#options.bytesMax) await this.#turnOver();
    await this.#file.append(bytes);
    this.#size += bytes.length;
    this.#lostNow -= missing;
  }

  async #turnOver(): Promise<void> {
    const { path, disk, filesKept } = this.#options;
    const older = (age: number): string => (age === 0 ? path : `${path}.${age}`);
    await disk.remove(older(filesKept));
    for (let age = filesKept - 1; age >= 0; age -= 1) await disk.rename(older(age), older(age + 1)).catch(ignoreMissing);
    const fresh = await disk.open(path);
    await this.#file.close().catch(() => {});
    this.#file = fresh;
    this.#size = fresh.size;
  }

  #take(): readonly string[] {
    const lines = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    return lines;
  }

  #lose(lines: number, reason: string): void {
    const isFirst = this.#lostNow === 0;
    this.#lostNow += lines;
    this.#lost += lines;
    this.#lostReason = reason;
    if (isFirst) this.#options.onTrouble(reason);
  }
}

/** There is no older file yet. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EACCES: "permission is denied",
  EIO: "the disk fails",
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? (code === "" ? "it cannot be written" : code);
}
