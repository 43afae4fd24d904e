import { spawn } from "node:child_process";
import { join } from "node:path";

/** What a command line left behind. */
export interface Ended {
  /** Null when a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what a command line runs. */
export interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Sends a signal once this text has been printed to standard error. */
  readonly interruptAfter?: string;
  /** @default SIGINT, which is Ctrl-C */
  readonly interruptBy?: NodeJS.Signals;
}

/** The command line, as Node runs it. */
export const program = join(import.meta.dirname, "../../bin/metaexpert.mjs");

/** Runs `metaexpert` as a user does, in a process of its own. */
export function metaexpert(args: readonly string[], { cwd, env = {}, interruptAfter, interruptBy }: Surroundings): Promise<Ended> {
  return ended(process.execPath, [program, ...args], { cwd, env, interruptAfter, interruptBy });
}

/** Runs `metaexpert … | …` in a shell. */
export function piped(args: readonly string[], into: string, { cwd, env = {} }: Surroundings): Promise<Ended> {
  const words = [process.execPath, program, ...args].map((word) => `'${word}'`).join(" ");
  return ended("sh", ["-c", `${words} | ${into}`], { cwd, env, interruptAfter: undefined, interruptBy: undefined });
}

interface Start {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly interruptAfter: string | undefined;
  readonly interruptBy: NodeJS.Signals | undefined;
}

function ended(command: string, args: readonly string[], { cwd, env, interruptAfter, interruptBy = "SIGINT" }: Start): Promise<Ended> {
  // Variables of the machine that runs the tests must not decide what they see.
  const { METAEXPERT_HOME: _home, NO_COLOR: _noColor, FORCE_COLOR: _forceColor, ...rest } = process.env;
  const inherited = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith("BINANCE_")));
  const child = spawn(command, args, { cwd, env: { ...inherited, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  let isInterrupted = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    if (interruptAfter === undefined || isInterrupted || !stderr.includes(interruptAfter)) return;
    isInterrupted = true;
    child.kill(interruptBy);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
