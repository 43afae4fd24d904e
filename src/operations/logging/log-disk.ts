import { chmodSync, closeSync, fstatSync, mkdirSync, openSync, writeSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { write } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { ConfigurationError } from "../../base/errors.ts";

/** A log file open for appending. */
export interface LogFile {
  /** Bytes in it when it was opened. */
  readonly size: number;
  append(bytes: Uint8Array): Promise<void>;
  /** For the last words of a process; blocks as long as the disk does. */
  appendNow(bytes: Uint8Array): void;
  close(): Promise<void>;
}

/** The few things that log files need of a disk; tests hand in one that is full or slow. */
export interface LogDisk {
  /** Makes what does not exist: the folder open to its owner only, the file readable by its owner only. Throws a `ConfigurationError`. */
  openNow(path: string): LogFile;
  open(path: string): Promise<LogFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

const writeAsync = promisify(write);

/** The machine's own disk. */
export const systemLogDisk: LogDisk = {
  openNow(path) {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
      return fileOf(openSync(path, "a", FILE_MODE), path);
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
      throw new ConfigurationError(`the log file ${path} cannot be written (${reason}); choose another, or set logToFile to false`, {
        cause: error,
      });
    }
  },
  async open(path) {
    const handle = await open(path, "a", FILE_MODE);
    const { size } = await handle.stat();
    return {
      size,
      append: (bytes) => handle.appendFile(bytes),
      appendNow: (bytes) => void writeSync(handle.fd, bytes),
      close: () => handle.close(),
    };
  },
  rename,
  remove: (path) => rm(path, { force: true }),
};

function fileOf(fd: number, path: string): LogFile {
  const stat = fstatSync(fd);
  if (!stat.isFile()) {
    closeSync(fd);
    throw new ConfigurationError(`the log file ${path} is a device or a pipe; choose a plain file`);
  }
  if ((stat.mode & 0o077) !== 0) chmodSync(path, FILE_MODE);
  return {
    size: stat.size,
    async append(bytes) {
      for (let at = 0; at < bytes.length; ) at += (await writeAsync(fd, bytes, at)).bytesWritten;
    },
    appendNow: (bytes) => void writeSync(fd, bytes),
    close: async () => closeSync(fd),
  };
}
