/** A file open for appending. */
export interface DiskFile {
  /** Bytes in the file so far. */
  readonly size: number;
  /** Adds bytes at the end, all of them or an error; they survive the death of the process, not yet of the machine. */
  append(bytes: Uint8Array): void;
  /** Returns when everything appended survives a power cut. An error is final: what the file holds is no longer known. */
  sync(): void;
  /** Harmless when it is closed already. */
  close(): void;
}

/** The files that state is kept in, as synchronous calls; simulations hand in a disk that tears, fills up and lies. */
export interface Disk {
  /** Names in a folder, sorted; empty where there is no folder. */
  list(folder: string): readonly string[];
  exists(path: string): boolean;
  /** Bytes in a file. */
  size(path: string): number;
  /** Bytes `start` (included) to `end` (excluded) of a file, less where it ends before; by default all of them. */
  read(path: string, start?: number, end?: number): Uint8Array;
  /** Made where it does not exist, readable by its owner only. */
  openAppend(path: string): DiskFile;
  truncate(path: string, size: number): void;
  /** In one step, replacing what was there. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** With its parents, open to its owner only; survives a power cut. */
  makeFolder(path: string): void;
  /** Makes names made, renamed and removed in a folder survive a power cut. */
  syncFolder(path: string): void;
}
