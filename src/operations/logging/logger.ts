import { isAbsolute } from "node:path";
import pino from "pino";
import { assert } from "../../base/assert.ts";
import type { Clock } from "../../base/clock.ts";
import { LOG_LEVELS, type LogFields, type Logger, type LogLevel } from "../../base/logger.ts";
import { FileSink } from "./file-sink.ts";
import { systemLogDisk, type LogDisk } from "./log-disk.ts";
import type { LogSink, SinkReports } from "./log-sink.ts";
import { plainData, plainLine } from "./plain-data.ts";
import { createPretty } from "./pretty.ts";
import { createRedactor, type Redact } from "./redactor.ts";
import { StreamSink, type LogStream } from "./stream-sink.ts";

/** Where a run's words go, and what must never be among them. */
export interface LoggerOptions {
  /** Least serious level written to the console and to the file of everything. */
  readonly level: LogLevel;
  readonly clock: Clock;
  /** For people, or for what collects a program's output; nothing is written there without it. */
  readonly console?: { readonly stream: LogStream; readonly color: boolean } | undefined;
  /** Absolute paths. `trades` gets lines of the level trade and nothing else, `errors` those of error and fatal, whatever `level` is. */
  readonly files?:
    | { readonly all?: string | undefined; readonly trades?: string | undefined; readonly errors?: string | undefined }
    | undefined;
  /** One JSON object a line, in files and on the console. @default false, lines for people */
  readonly json?: boolean;
  /** Fields of every line. */
  readonly context?: LogFields;
  /** Everything that must not appear; asked at each line. */
  readonly secrets?: () => readonly string[];
  /** Size at which a file is put aside and a new one begun, bytes. @default 20 MB */
  readonly fileBytesMax?: number;
  /** Files put aside that are kept. @default 5 */
  readonly filesKept?: number;
  /** @default the machine's */
  readonly disk?: LogDisk;
}

/** A logger that has files open. Dispose of it at the end: the last lines are written then. */
export interface FileLogger extends Logger, Disposable, AsyncDisposable {
  /** Resolves when every line so far is written, or lost. */
  flush(): Promise<void>;
  /** Lines that could not be written anywhere they belonged. */
  readonly lost: number;
}

const FILE_BYTES_MAX = 20e6;
const FILES_KEPT = 5;
const WAITING_MAX = 4e6;

/** Numbers as pino counts them; its own levels, and trade between information and warning. */
const NUMBERS: Readonly<Record<LogLevel, number>> = { trace: 10, debug: 20, info: 30, trade: 35, warn: 40, error: 50, fatal: 60 };

/**
 * The log of a run: to the console and to files that turn over by size, as text or JSON. Secrets are hidden in everything that passes.
 * It never throws into its caller and never keeps it waiting; lines that cannot be written are counted, and told of once they can be.
 * A level nobody wants costs an empty call.
 */
export function createLogger(options: LoggerOptions): FileLogger {
  const redact = createRedactor(options.secrets ?? (() => []));
  const routes = openRoutes(options);
  const least = LOG_LEVELS.find((level) => routes.some(({ takes }) => takes(NUMBERS[level])));
  const base = pino<"trade">(
    {
      level: least ?? "silent",
      customLevels: { trade: NUMBERS.trade },
      base: null,
      messageKey: "message",
      timestamp: () => `,"time":"${new Date(options.clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination(routes),
  );
  const bindings = fieldsOf(options.context ?? {}, redact);
  const sinks = routes.map(({ sink }) => sink);
  return {
    ...wrap(base.child(bindings), least, redact),
    flush: async () => void (await Promise.all(sinks.map((sink) => sink.flush()))),
    get lost() {
      return sinks.reduce((sum, sink) => sum + sink.lost, 0);
    },
    [Symbol.dispose]() {
      for (const sink of sinks) sink.flushNow();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(sinks.map((sink) => sink.close()));
    },
  };
}

/** A sink, the levels it wants and how its lines look. */
interface Route {
  readonly sink: LogSink;
  readonly takes: (level: number) => boolean;
  readonly format: (line: string) => string;
}

function openRoutes(options: LoggerOptions): readonly Route[] {
  const { files = {}, disk = systemLogDisk, fileBytesMax = FILE_BYTES_MAX, filesKept = FILES_KEPT } = options;
  const least = NUMBERS[options.level];
  const routes: Route[] = [];
  const plain = options.json === true ? sameLine : createPretty({ color: false, hidden: [] });

  const reports = (name: string, format: Route["format"]): SinkReports => ({
    lossLine: (lines, reason) => format(notice(options, `${lines} ${lines === 1 ? "line is" : "lines are"} missing here: ${reason}`)),
    onTrouble: (reason) => {
      const line = notice(options, `lines for ${name} are lost: ${reason}`);
      for (const route of routes) if (route.takes(NUMBERS.error) && route.sink.lost === 0) route.sink.write(route.format(line));
    },
  });
  const addFile = (path: string | undefined, takes: Route["takes"]): void => {
    if (path === undefined) return;
    assert(isAbsolute(path), "createLogger: paths of log files are absolute");
    const bounds = { disk, bytesMax: fileBytesMax, filesKept, waitingBytesMax: WAITING_MAX };
    routes.push({ sink: new FileSink({ path, ...bounds, ...reports(path, plain) }), takes, format: plain });
  };
  addFile(files.all, (level) => level >= least);
  addFile(files.trades, (level) => level === NUMBERS.trade);
  addFile(files.errors, (level) => level >= NUMBERS.error);
  if (options.console !== undefined) {
    const format =
      options.json === true ? sameLine : createPretty({ color: options.console.color, hidden: Object.keys(options.context ?? {}) });
    const sink = new StreamSink({ stream: options.console.stream, waitingMax: WAITING_MAX, ...reports("the console", format) });
    routes.push({ sink, takes: (level) => level >= least, format });
  }
  return routes;
}

function sameLine(line: string): string {
  return line;
}

function notice({ clock }: LoggerOptions, message: string): string {
  return `${JSON.stringify({ level: "error", time: new Date(clock.now()).toISOString(), message })}\n`;
}

/** Pino tells the level of a line beside it when the destination carries its mark. */
function destination(routes: readonly Route[]): pino.DestinationStream {
  const stream = {
    [Symbol.for("pino.metadata")]: true,
    lastLevel: 0,
    write(line: string): void {
      const level = stream.lastLevel;
      for (const { sink, takes, format } of routes) if (takes(level)) sink.write(format(line));
      // The process may not live to write it in its own time.
      if (level === NUMBERS.fatal) for (const { sink } of routes) sink.flushNow();
    },
  };
  return stream;
}

function wrap(target: pino.Logger<"trade">, least: LogLevel | undefined, redact: Redact): Logger {
  const from = least === undefined ? LOG_LEVELS.length : LOG_LEVELS.indexOf(least);
  const at = (level: LogLevel): Logger["info"] => {
    if (LOG_LEVELS.indexOf(level) < from) return nothing;
    return (message, fields) => {
      try {
        const line = plainLine(message, redact);
        if (fields === undefined) target[level](line);
        else target[level](fieldsOf(fields, redact), line);
      } catch {
        // Nothing that goes wrong in a log may reach who writes it.
      }
    };
  };
  return {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    trade: at("trade"),
    warn: at("warn"),
    error: at("error"),
    fatal: at("fatal"),
    child: (fields) => wrap(target.child(fieldsOf(fields, redact)), least, redact),
  };
}

function nothing(): void {}

const OWN_NAMES: ReadonlySet<string> = new Set(["level", "time", "message"]);

/** Fields beside a message; one that is called as a part of every line gets another name. */
function fieldsOf(fields: LogFields, redact: Redact): Record<string, unknown> {
  const plain = plainData(fields, redact);
  if (typeof plain !== "object" || plain === null) return { fields: plain };
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [OWN_NAMES.has(name) ? `${name}_` : name, value as unknown]));
}
