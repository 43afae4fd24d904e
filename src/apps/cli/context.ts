import type { Clock } from "../../base/clock.ts";
import { systemClock } from "../../base/clock.ts";
import { resolveHome } from "../../run/home.ts";
import { createProgress, type Progress, type TextOutput } from "./progress.ts";

/** The world around the process; tests hand in their own. */
export interface Surroundings {
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly isInputTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  /**
   * Aborted by Ctrl-C, SIGTERM and a terminal that is closed, with the signal's name as the reason: a command that sees it tidies up
   * and returns. They end a command at once that has never asked for the signal; everything stored is written so that this leaves the
   * old state or the new one.
   */
  readonly signal: AbortSignal;
  /** Whether something draws on the terminal that says itself what Ctrl-C does; then no line is printed into it. */
  isDrawnOn?: boolean;
}

/** The flags that every command understands, before or after its name. */
export interface GlobalFlags {
  readonly home?: string;
  readonly debug?: boolean;
  readonly json?: boolean;
  readonly color?: boolean;
}

/** What every command is given: where things are stored, how to speak, and when to stop. */
export interface CliContext extends Surroundings {
  /** The folder everything stored lives in; it may not exist yet. */
  readonly home: string;
  /** `--json`: standard output carries nothing but JSON. */
  readonly json: boolean;
  readonly debug: boolean;
  /** Whether standard output takes colours. */
  readonly color: boolean;
  /** Whether somebody can answer a question: input and output are a terminal and `--json` is absent. */
  readonly interactive: boolean;
  /** The signal that asked a command to end, such as SIGINT for Ctrl-C, when it listened. */
  readonly interruption: string | undefined;
  /** A command sets it when it finished and the answer is "no", such as `data verify` with findings. */
  exitCode: number;
  /** A line for people on standard output; dropped with `--json`. */
  print(text?: string): void;
  /** One JSON document on standard output. */
  printJson(value: unknown): void;
  /** One JSON document on one line of standard output, for streams of them. */
  printJsonLine(value: unknown): void;
  /** A line on standard error, which never mixes with results. */
  note(text: string): void;
  /** Shows that a long step goes on: a bar on a terminal, a few plain lines otherwise, nothing with `--json`. */
  progress(label: string, total?: number): Progress;
}

/** Reads the flags when a value is first needed, because a command's definition exists before its arguments are parsed. */
export function createContext(surroundings: Surroundings, flags: () => GlobalFlags): CliContext {
  const { stdout, stderr } = surroundings;
  let signal: AbortSignal | undefined;
  const context: CliContext = {
    stdout,
    stderr,
    isInputTerminal: surroundings.isInputTerminal,
    env: surroundings.env,
    cwd: surroundings.cwd,
    clock: surroundings.clock,
    exitCode: 0,
    get signal() {
      signal ??= surroundings.signal;
      return signal;
    },
    get interruption() {
      return signal?.aborted === true ? String(signal.reason) : undefined;
    },
    get isDrawnOn() {
      return surroundings.isDrawnOn === true;
    },
    set isDrawnOn(value) {
      surroundings.isDrawnOn = value;
    },
    get home() {
      return resolveHome({ home: flags().home, cwd: surroundings.cwd, env: surroundings.env });
    },
    get json() {
      return flags().json === true;
    },
    get debug() {
      return flags().debug === true;
    },
    get color() {
      return takesColor(stdout, surroundings.env, flags());
    },
    get interactive() {
      return surroundings.isInputTerminal && stdout.isTTY === true && stderr.isTTY === true && !context.json;
    },
    print(text = "") {
      if (!context.json) stdout.write(`${text}\n`);
    },
    printJson(value) {
      stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    printJsonLine(value) {
      stdout.write(`${JSON.stringify(value)}\n`);
    },
    note(text) {
      stderr.write(`${text}\n`);
    },
    progress: (label, total) => createProgress({ label, total, output: context.json ? undefined : stderr, clock: surroundings.clock }),
  };
  return context;
}

/**
 * The process's own surroundings. Listens to signals only once somebody asks for them. Node's own warnings, such as that a
 * project's package.json names no module type, are for `--debug`.
 */
export function processSurroundings(): Surroundings {
  let controller: AbortController | undefined;
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreLostReader);
  if (!process.argv.includes("--debug")) process.removeAllListeners("warning");
  const surroundings: Surroundings = {
    stdout: process.stdout,
    stderr: process.stderr,
    isInputTerminal: process.stdin.isTTY,
    env: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    isDrawnOn: false,
    get signal() {
      controller ??= abortOnSignal(() => surroundings.isDrawnOn === true);
      return controller.signal;
    },
  };
  return surroundings;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The first signal asks, the second one ends the process. */
function abortOnSignal(isQuiet: () => boolean): AbortController {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (!controller.signal.aborted) {
      const again = signal === "SIGINT" ? "press Ctrl-C again" : `send ${signal} again`;
      if (!isQuiet()) process.stderr.write(`\nStopping; ${again} to end at once.\n`);
      controller.abort(signal);
      return;
    }
    // Whoever else listens, such as what has hidden the cursor, gets its turn before the process ends by the signal.
    for (const each of SIGNALS) process.removeListener(each, onSignal);
    process.kill(process.pid, signal);
  };
  // The listener stays until the second signal: without one, others that listen would take the first signal for the end.
  for (const each of SIGNALS) process.on(each, onSignal);
  return controller;
}

/** A reader such as `head` has seen enough, or a terminal is gone: what is left to print is dropped, and what is being stored is finished. */
function ignoreLostReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
}

/** See no-color.org: any value that is not empty switches colours off; `FORCE_COLOR` switches them on for a pipe. */
function takesColor(output: TextOutput, env: Surroundings["env"], flags: GlobalFlags): boolean {
  if (flags.color === false) return false;
  if ((env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb") return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "" && forced !== "0") return true;
  return output.isTTY === true;
}
