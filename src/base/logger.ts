/** From the most detailed to the most serious; `trade` is for what happened to orders and positions. */
export const LOG_LEVELS = ["trace", "debug", "info", "trade", "warn", "error", "fatal"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Plain data written beside a message. Never put a secret here; sinks redact by value as a second line of defence. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where words go. Implemented outside the core; a logger never throws into its caller. */
export interface Logger {
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  trade(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  fatal(message: string, fields?: LogFields): void;
  /** The same logger with fields added to every line. */
  child(fields: LogFields): Logger;
}

/** Says nothing. */
export const silentLogger: Logger = {
  trace() {},
  debug() {},
  info() {},
  trade() {},
  warn() {},
  error() {},
  fatal() {},
  child: () => silentLogger,
};
