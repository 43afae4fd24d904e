import { LOG_LEVELS, type LogFields, type LogLevel } from "../base/logger.ts";
import type { ExpertLog } from "../expert/expert.ts";

/** Where an expert's words go and which of them. */
export interface ExpertLogOptions {
  /** The least serious level that is written. */
  readonly level: LogLevel;
  /** The run's own time, milliseconds since the epoch. */
  readonly now: () => number;
  /** Takes one line without its end. */
  readonly write: (line: string) => void;
}

/** An expert's log as lines of text: the run's time, the level, the message and its fields. */
export function createExpertLog({ level, now, write }: ExpertLogOptions): ExpertLog {
  const least = LOG_LEVELS.indexOf(level);
  const writer =
    (name: keyof ExpertLog) =>
    (message: string, fields?: LogFields): void => {
      if (LOG_LEVELS.indexOf(name) < least) return;
      write(`${timeText(now())} ${name.padEnd(5)} ${message}${fieldsText(fields)}`);
    };
  return { debug: writer("debug"), info: writer("info"), trade: writer("trade"), warn: writer("warn"), error: writer("error") };
}

function timeText(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 19).replace("T", " ") : "before the run     ";
}

function fieldsText(fields: LogFields | undefined): string {
  if (fields === undefined) return "";
  return Object.entries(fields)
    .map(([name, value]) => ` ${name}=${typeof value === "object" && value !== null ? JSON.stringify(value) : String(value)}`)
    .join("");
}
