import { write } from "node:fs";
import { Writable } from "node:stream";
import type { Scheduler } from "../../base/scheduler.ts";

/** A terminal's size as a stream tells it. */
interface Sized {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  on(event: "resize", listener: () => void): unknown;
  off(event: "resize", listener: () => void): unknown;
}

/** How long to wait when an output that does not block has no room, milliseconds. */
const ROOM_MS = 20;

/**
 * A terminal that is written to beside the program. Node's own stream waits for the terminal, so that Ctrl-S or a connection that
 * hangs would hold up everything, trading included; here it holds up the picture only.
 */
export class PatientOutput extends Writable {
  readonly isTTY = true;
  readonly #fd: number;
  readonly #terminal: Sized;
  readonly #scheduler: Scheduler;
  readonly #onResize = (): void => void this.emit("resize");

  constructor(fd: number, terminal: Sized, scheduler: Scheduler) {
    super({ decodeStrings: true });
    this.#fd = fd;
    this.#terminal = terminal;
    this.#scheduler = scheduler;
    terminal.on("resize", this.#onResize);
  }

  get columns(): number {
    const { columns = 0 } = this.#terminal;
    return columns > 0 ? columns : 80;
  }

  get rows(): number {
    const { rows = 0 } = this.#terminal;
    return rows > 0 ? rows : 24;
  }

  /** Whether the last picture has not been taken yet; the next one can wait until it has. */
  get isBusy(): boolean {
    return this.writableLength > 0;
  }

  /** Resolves when everything is written, or after this time when the terminal does not take it. */
  settle(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#scheduler.after(withinMs, resolve);
      this.write("", () => {
        cancel();
        resolve();
      });
    });
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    write(this.#fd, chunk, (error, written) => {
      if (error?.code === "EAGAIN") {
        this.#scheduler.after(ROOM_MS, () => this._write(chunk, _encoding, done));
        return;
      }
      // A terminal that is gone takes nothing more, and the run does not mind.
      if (error !== null || written >= chunk.length) return done();
      this._write(chunk.subarray(written), _encoding, done);
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#terminal.off("resize", this.#onResize);
    done(error);
  }
}
