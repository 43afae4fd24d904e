/** Takes finished lines and never throws into whoever writes them. */
export interface LogSink {
  write(line: string): void;
  /** Resolves when everything written before is where it belongs, or has been given up. */
  flush(): Promise<void>;
  /** Writes what is still waiting before it returns; for the last words of a process. */
  flushNow(): void;
  close(): Promise<void>;
  /** Lines that could not be written so far. */
  readonly lost: number;
}

/** What a sink tells about itself. */
export interface SinkReports {
  /** The first line of a row of lines that cannot be written, with the reason. */
  readonly onTrouble: (reason: string) => void;
  /** The line that is written in the place of those that are missing. */
  readonly lossLine: (lines: number, reason: string) => string;
}
