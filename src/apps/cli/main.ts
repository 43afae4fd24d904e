import { Command } from "commander";
import { ConfigurationError } from "../../base/errors.ts";
import { isSecretName, SECRET_ADVICE } from "../../expert/secret-names.ts";
import { packageVersion } from "../../run/package-version.ts";
import { registerBacktestCommand } from "./backtest.ts";
import { createContext, processSurroundings, type CliContext, type GlobalFlags, type Surroundings } from "./context.ts";
import { registerDataCommand } from "./data.ts";
import { registerDoctorCommand } from "./doctor.ts";
import { reportFailure } from "./failure.ts";
import { registerLiveCommand } from "./live.ts";
import { registerNewCommand } from "./new.ts";
import { registerPaperCommand } from "./paper.ts";
import { widthOf, type TextOutput } from "./progress.ts";
import { registerReplayCommand } from "./replay.ts";
import { registerSandboxCommand } from "./sandbox.ts";

/** Exit codes of a command that a signal ended, as shells expect them: 128 and the signal's number. */
const CODE_OF_SIGNAL: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Runs one command line (without the program's own name) and resolves to the exit code. Never throws. */
export async function main(argv: readonly string[], surroundings: Surroundings = processSurroundings()): Promise<number> {
  const program = new Command("metaexpert");
  const context = createContext(surroundings, () => program.opts<GlobalFlags>());
  try {
    refuseSecrets(argv);
    define(program, context);
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: "user" });
    return context.exitCode === 0 ? (interruptedCode(context) ?? 0) : context.exitCode;
  } catch (error) {
    const code = interruptedCode(context);
    if (code !== undefined) return code;
    return reportFailure(error, { stderr: surroundings.stderr, debug: argv.includes("--debug") });
  }
}

/** Undefined when no signal has asked the command to end. */
function interruptedCode({ interruption }: CliContext): number | undefined {
  return interruption === undefined ? undefined : CODE_OF_SIGNAL[interruption];
}

function define(program: Command, context: CliContext): void {
  const { stdout, stderr } = context;
  program
    .description("Write a trading expert once; run it unchanged in a backtest, on paper and live.")
    .version(packageVersion(), "--version", "print the version")
    .option("--home <folder>", "where data and results are stored (default: METAEXPERT_HOME, else .metaexpert in the project)")
    .option("--json", "print nothing but JSON on standard output")
    .option("--no-color", "print without colours; NO_COLOR does the same")
    .option("--debug", "print the stack trace of an error")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      // Failures are printed in one place, in one form.
      outputError: () => {},
      getOutHelpWidth: () => helpWidth(stdout),
      getErrHelpWidth: () => helpWidth(stderr),
      getOutHasColors: () => context.color,
    })
    .exitOverride();
  registerNewCommand(program, context);
  registerBacktestCommand(program, context);
  registerPaperCommand(program, context);
  registerLiveCommand(program, context);
  registerReplayCommand(program, context);
  registerSandboxCommand(program, context);
  registerDataCommand(program, context);
  registerDoctorCommand(program, context);
  program.addHelpText("after", EXAMPLES);
}

/** A file is read in a window that is wider than a terminal; lines beyond 120 columns are hard to follow anywhere. */
function helpWidth(output: TextOutput): number {
  return output.isTTY === true ? Math.min(widthOf(output), 120) : 100;
}

const EXAMPLES = `
Examples:
  metaexpert new my-expert                  write a project that runs at once
  metaexpert backtest my-expert --simulated try it on a simulated market
  metaexpert live my-expert --sandbox       rehearse with a built-in exchange, without an account
  metaexpert data import ~/Downloads/klines bring real market data in
  metaexpert doctor                         check this machine`;

/** A command line is seen by everybody on the machine and kept by the shell, so a credential on it is already half lost. */
function refuseSecrets(argv: readonly string[]): void {
  for (const word of argv) {
    const name = /^-{0,2}([A-Za-z][\w-]{0,63})(=|$)/.exec(word);
    const isFlag = word.startsWith("-") || name?.[2] === "=";
    if (name === null || !isFlag || !isSecretName(name[1] ?? "")) continue;
    throw new ConfigurationError(`${word.split("=")[0] ?? ""}: a command line can be seen by everybody on this machine; ${SECRET_ADVICE}`);
  }
}
