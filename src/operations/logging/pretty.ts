import { prettyFactory } from "pino-pretty";

/** How lines for people look. */
export interface PrettyOptions {
  readonly color: boolean;
  /** Fields that every line has and that its reader knows. */
  readonly hidden: readonly string[];
}

const PLAIN = "\u001B[0m";
const COLON = /^([^:]*:[^:]*:[^:]*):(?= )/;
const MESSAGE_START = new RegExp(String.raw`(?:\u001B\[36m)?\u001B\[0m`);

const COLORS = { trace: "gray", debug: "gray", info: "cyan", trade: "green", warn: "yellow", error: "red", fatal: "red" } as const;

/**
 * Makes a line for people of a line of JSON: `2026-11-25 10:00:00.000 trade bought 0.01 BTCUSDT  order=x1 price=64000.1`.
 * Of an error the line has the message, and its stack follows on lines of its own.
 */
export function createPretty({ color, hidden }: PrettyOptions): (line: string) => string {
  const own = new Set(["level", "time", "message", ...hidden]);
  const pretty = prettyFactory({
    colorize: color,
    messageKey: "message",
    timestampKey: "time",
    translateTime: false,
    hideObject: true,
    customPrettifiers: {
      time: (time) => textOf(time).replace("T", " ").replace("Z", ""),
      level: (level, _key, _log, { colors }) => colors[COLORS[textOf(level) as keyof typeof COLORS] ?? "white"](textOf(level).padEnd(5)),
    },
    messageFormat: (log, _key, _label, { colors }) => {
      const fields = Object.entries(log).filter(([name]) => !own.has(name));
      const details = fields.map(([name, value]) => `${name}=${shown(value)}`).join(" ");
      const stacks = fields.flatMap(([, value]) => stacksOf(value)).map((stack) => `\n${stack.replaceAll(/^/gm, "    ")}`);
      const message = String(log["message"]);
      return `${PLAIN}${message}${details === "" ? "" : `  ${colors.gray(details)}`}${colors.gray(stacks.join(""))}`;
    },
  });
  return (line) => {
    const text = pretty(line);
    if (typeof text !== "string") return line;
    // Not wanted of it: the colon behind the level and the colour of the message.
    return text.replace(COLON, "$1").replace(MESSAGE_START, "");
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function shown(value: unknown): string {
  if (typeof value === "string") return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  if (isError(value)) {
    const { name: _name, message, stack: _stack, cause: _cause, ...own } = value;
    return JSON.stringify(Object.keys(own).length === 0 ? message : { message, ...own });
  }
  return JSON.stringify(value) ?? "";
}

interface ErrorData {
  readonly name?: unknown;
  readonly message: unknown;
  readonly stack: string;
  readonly cause?: unknown;
}

function isError(value: unknown): value is ErrorData {
  return typeof value === "object" && value !== null && "stack" in value && typeof value.stack === "string" && "message" in value;
}

function stacksOf(value: unknown): readonly string[] {
  if (!isError(value)) return [];
  return [value.stack, ...stacksOf(value.cause).map((stack) => `caused by ${stack}`)];
}
