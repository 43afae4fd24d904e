import type { Clock } from "../../base/clock.ts";

/** The part of a stream that a command writes to. */
export interface TextOutput {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  /** What waits to be written, in bytes. */
  readonly writableLength?: number | undefined;
  write(text: string): unknown;
}

/** Columns of an output; 80 where nobody knows, as in a pipe or a terminal that says 0. */
export function widthOf({ columns = 0 }: TextOutput): number {
  return columns > 0 ? columns : 80;
}

/** A long step under way. */
export interface Progress {
  /** So many units are done; `note` replaces the words behind the bar. */
  update(done: number, note?: string): void;
  /** Takes the bar off the screen until the next update, so that a line can be printed. */
  clear(): void;
  /** Ends the bar; the line stays on the screen only when a closing sentence is given. */
  finish(sentence?: string): void;
}

interface ProgressOptions {
  readonly label: string;
  /** Units in all; without it the bar only counts. */
  readonly total?: number | undefined;
  /** Nothing is shown without it. */
  readonly output: TextOutput | undefined;
  readonly clock: Clock;
}

const REDRAW_MS = 80;
const PLAIN_LINE_MS = 5_000;
const BAR_WIDTH = 24;

/** A bar that redraws itself on a terminal; on a pipe or in a log, one plain line every few seconds. */
export function createProgress({ label, total, output, clock }: ProgressOptions): Progress {
  if (output === undefined) return { update() {}, clear() {}, finish() {} };
  return output.isTTY === true ? terminalProgress(label, total, output, clock) : plainProgress(label, total, output, clock);
}

function terminalProgress(label: string, total: number | undefined, output: TextOutput, clock: Clock): Progress {
  let drawnAt = -Infinity;
  return {
    update(done, note = "") {
      const now = clock.now();
      if (now - drawnAt < REDRAW_MS && done !== total) return;
      drawnAt = now;
      const line = `${label} ${bar(done, total)} ${note}`.trimEnd();
      output.write(`\r${line.slice(0, widthOf(output) - 1)}\u001B[K`);
    },
    clear() {
      output.write("\r\u001B[K");
      drawnAt = -Infinity;
    },
    finish(sentence) {
      output.write(sentence === undefined ? "\r\u001B[K" : `\r${sentence}\u001B[K\n`);
    },
  };
}

function plainProgress(label: string, total: number | undefined, output: TextOutput, clock: Clock): Progress {
  let saidAt = clock.now();
  return {
    update(done, note = "") {
      const now = clock.now();
      if (now - saidAt < PLAIN_LINE_MS) return;
      saidAt = now;
      output.write(`${`${label} ${share(done, total)} ${note}`.trimEnd()}\n`);
    },
    clear() {},
    finish(sentence) {
      if (sentence !== undefined) output.write(`${sentence}\n`);
    },
  };
}

function bar(done: number, total: number | undefined): string {
  if (total === undefined) return share(done, total);
  const filled = Math.round(BAR_WIDTH * Math.min(1, total === 0 ? 1 : done / total));
  return `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} ${share(done, total)}`;
}

function share(done: number, total: number | undefined): string {
  if (total === undefined) return String(done);
  return `${Math.floor(100 * Math.min(1, total === 0 ? 1 : done / total))} %`;
}
