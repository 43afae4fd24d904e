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
   * Aborted by Ctrl-C: a command that sees it tidies up and returns. Ctrl-C ends a command at once that has never asked for
   * the signal; everything stored is written so that this leaves the old state or the new one.
   */
  readonly signal: AbortSignal;
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
  /** Whether Ctrl-C was pressed and a command listened. */
  readonly wasInterrupted: boolean;
  /** A command sets it when it finished and the answer is "no", such as `data verify` with findings. */
  exitCode: number;
  /** A line for people on standard output; dropped with `--json`. */
  print(text?: string): void;
  /** One JSON document on standard output. */
  printJson(value: unknown): void;
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
    get wasInterrupted() {
      return signal?.aborted === true;
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
    note(text) {
      stderr.write(`${text}\n`);
    },
    progress: (label, total) => createProgress({ label, total, output: context.json ? undefined : stderr, clock: surroundings.clock }),
  };
  return context;
}

/**
 * The process's own surroundings. Listens to Ctrl-C only once somebody asks for the signal. Node's own warnings, such as that a
 * project's package.json names no module type, are for `--debug`.
 */
export function processSurroundings(): Surroundings {
  let controller: AbortController | undefined;
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  if (!process.argv.includes("--debug")) process.removeAllListeners("warning");
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    isInputTerminal: process.stdin.isTTY,
    env: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    get signal() {
      controller ??= abortOnInterrupt();
      return controller.signal;
    },
  };
}

/** The first Ctrl-C asks, the second one ends the process. */
function abortOnInterrupt(): AbortController {
  const controller = new AbortController();
  process.once("SIGINT", () => {
    process.stderr.write("\nStopping; press Ctrl-C again to end at once.\n");
    controller.abort();
  });
  return controller;
}

/** A reader such as `head` has seen enough: what is left to print is dropped, and what is being stored is finished. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** See no-color.org: any value that is not empty switches colours off; `FORCE_COLOR` switches them on for a pipe. */
function takesColor(output: TextOutput, env: Surroundings["env"], flags: GlobalFlags): boolean {
  if (flags.color === false) return false;
  if ((env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb") return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "" && forced !== "0") return true;
  return output.isTTY === true;
}
