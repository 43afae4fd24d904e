import type { LogSink, SinkReports } from "./log-sink.ts";

/** The part of a stream, such as standard error, that a log needs. */
export interface LogStream {
  readonly writableLength?: number;
  write(text: string): unknown;
}

export interface StreamSinkOptions extends SinkReports {
  readonly stream: LogStream;
  /** Most characters that wait for a reader; lines beyond are dropped and counted. */
  readonly waitingMax: number;
}

/** Lines for a terminal or a pipe. A reader that is slow or gone costs lines, never time. */
export class StreamSink implements LogSink {
  readonly #options: StreamSinkOptions;
  #lostNow = 0;
  #lost = 0;
  #reason = "";

  constructor(options: StreamSinkOptions) {
    this.#options = options;
  }

  get lost(): number {
    return this.#lost;
  }

  write(line: string): void {
    const { stream, waitingMax, lossLine } = this.#options;
    if ((stream.writableLength ?? 0) > waitingMax) return this.#lose("its reader is too slow");
    const missing = this.#lostNow;
    const notice = missing === 0 ? "" : lossLine(missing, this.#reason);
    try {
      stream.write(notice + line);
      this.#lostNow = 0;
    } catch {
      this.#lose("its reader is gone");
    }
  }

  // A stream sends on its own; nothing waits here.
  async flush(): Promise<void> {}

  flushNow(): void {}

  async close(): Promise<void> {}

  #lose(reason: string): void {
    const isFirst = this.#lostNow === 0;
    this.#lostNow += 1;
    this.#lost += 1;
    this.#reason = reason;
    if (isFirst) this.#options.onTrouble(reason);
  }
}
