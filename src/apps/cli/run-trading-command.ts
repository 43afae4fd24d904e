import { randomInt } from "node:crypto";
import { createRandom } from "../../base/random.ts";
import { systemScheduler } from "../../base/scheduler.ts";
import { Credentials, readCredentials } from "../../exchanges/binance/trading/credentials.ts";
import { requireLiveLimits } from "../../expert/live-limits.ts";
import { usableIn } from "../../expert/mode-options.ts";
import type { RunOptions } from "../../expert/options.ts";
import type { ResolvedRunOptions } from "../../expert/resolved.ts";
import { createLogger, type FileLogger } from "../../operations/logging/logger.ts";
import { startRun } from "../../run/live.ts";
import { loadConfig } from "../../run/load-config.ts";
import { loadExpert, type LoadedExpert } from "../../run/load-expert.ts";
import { withPlace } from "../../run/place.ts";
import type { RunHandle, RunOutcome } from "../../run/run-status.ts";
import { shownPath } from "../../run/user-file.ts";
import { askToTrade, printSummary, requireSomebodyToAsk } from "./confirmation.ts";
import type { CliContext } from "./context.ts";
import { readEnvironment, type Environment } from "./env-file.ts";
import { logFilesOf } from "./log-files.ts";
import { inFlags, joinedRun } from "./run-options.ts";
import { outputFor, showRun } from "./run-output.ts";
import { outcomeText } from "./run-summary.ts";
import { secretValues } from "./secret-values.ts";
import { tradingOptionsOf, type TradingFlags } from "./trading-flags.ts";

type Command = "paper" | "live";

/** `metaexpert paper FILE` and `metaexpert live FILE` */
export async function tradingCommand(command: Command, path: string, flags: TradingFlags, context: CliContext): Promise<void> {
  const asks = command === "live" && flags.sandbox !== true && flags.yes !== true;
  if (asks) requireSomebodyToAsk(context);
  const loaded = await loadExpert(path, context.cwd);
  const { options: config } = await loadConfig({ expertFile: loaded.file, cwd: context.cwd });
  const given = tradingOptionsOf(flags, loaded.definition.options.params);
  try {
    const run = resolve(command, { loaded, config, given, isSandbox: flags.sandbox === true });
    const environment = readEnvironment({ expertFile: loaded.file, cwd: context.cwd, env: context.env });
    const secrets = [...secretValues(environment.values), ...passwordIn(run.proxy), ...keyOf(run, environment)];
    await trade({ run, loaded, environment, secrets, asks, flags, context });
  } catch (error) {
    throw inFlags(withPlace(error, loaded.file, context.cwd), given);
  }
}

interface Wishes {
  readonly loaded: LoadedExpert;
  readonly config: RunOptions;
  readonly given: RunOptions;
  readonly isSandbox: boolean;
}

function resolve(command: Command, { loaded, config, given, isSandbox }: Wishes): ResolvedRunOptions {
  const mode = command === "live" && isSandbox ? "sandbox" : command;
  // Paper trading on the built-in exchange has no use for what names another one.
  const usable = isSandbox ? usableIn("sandbox", config) : config;
  const run = joinedRun(loaded.definition, { mode, config: usable, given });
  if (mode === "live") requireLiveLimits(run);
  return run;
}

interface Trading {
  readonly run: ResolvedRunOptions;
  readonly loaded: LoadedExpert;
  readonly environment: Environment;
  /** What no line of the log may hold. */
  readonly secrets: readonly string[];
  /** Whether a person has to agree. */
  readonly asks: boolean;
  readonly flags: TradingFlags;
  readonly context: CliContext;
}

async function trade(trading: Trading): Promise<void> {
  const { run, loaded, environment, asks, flags, context } = trading;
  await using log = openLog(trading);
  if (environment.warning !== undefined) log.warn(environment.warning);
  const agreed = { isRefused: false };
  const { signal } = context;
  const handle = await startRun({
    definition: loaded.definition,
    run,
    env: environment.values,
    home: context.home,
    scheduler: systemScheduler,
    random: createRandom(randomInt(2 ** 48 - 1)),
    log,
    sandbox: flags.sandbox === true,
    signal,
    file: shownPath(loaded.file, context.cwd),
    sourceHash: loaded.sourceHash,
    confirm: async (summary) => {
      if (run.mode !== "paper") printSummary(summary, context);
      agreed.isRefused = asks && !(await askToTrade(summary));
      return !agreed.isRefused;
    },
  }).catch((error: unknown) => {
    if (!agreed.isRefused) throw error;
    return undefined;
  });
  if (handle === undefined) {
    context.print("Nothing was started.");
    context.exitCode = 1;
    return;
  }
  report(await watched(handle, log, trading), context);
}

/** Follows a run to its end; a signal, and an error that nobody has caught, ask it to end in order. */
async function watched(handle: RunHandle, log: FileLogger, { flags, context }: Trading): Promise<RunOutcome> {
  const { signal } = context;
  const onSignal = (): void => handle.stop("signal");
  const onStray = (error: unknown): void => {
    log.fatal("an error that nobody has caught ends the run", { error });
    context.exitCode = 1;
    handle.stop("error");
  };
  process.on("uncaughtException", onStray);
  process.on("unhandledRejection", onStray);
  signal.addEventListener("abort", onSignal);
  if (signal.aborted) onSignal();
  try {
    await using _output = await showRun(handle, outputFor(context, flags.view !== false), { context, scheduler: systemScheduler, log });
    return await handle.done;
  } finally {
    signal.removeEventListener("abort", onSignal);
    process.removeListener("uncaughtException", onStray);
    process.removeListener("unhandledRejection", onStray);
  }
}

function openLog({ run, secrets, context }: Trading): FileLogger {
  const stream = {
    get writableLength() {
      return context.stderr.writableLength ?? 0;
    },
    // While the run is drawn, the picture has its own place for what happens.
    write: (text: string) => (context.isDrawnOn ? undefined : context.stderr.write(text)),
  };
  return createLogger({
    level: run.logLevel,
    clock: context.clock,
    console: run.logToConsole ? { stream, color: context.color && context.stderr.isTTY === true } : undefined,
    files: logFilesOf(run, { home: context.home, cwd: context.cwd }),
    json: run.jsonLogging,
    context: { expert: run.strategyId, mode: run.mode },
    secrets: () => secrets,
  });
}

/** A key that is missing or cannot be one is told of before anything is connected. */
function keyOf(run: ResolvedRunOptions, { values }: Environment): readonly string[] {
  if (run.mode !== "live" || run.exchange !== "binance") return [];
  const { testnet, subaccount } = run;
  return Credentials.secretsOf(readCredentials(values, { testnet, subaccount }));
}

function passwordIn(proxy: string | undefined): readonly string[] {
  if (proxy === undefined || !URL.canParse(proxy)) return [];
  const { password } = new URL(proxy);
  return [password, decodeURIComponent(password)];
}

function report(outcome: RunOutcome, context: CliContext): void {
  if (outcome.failure !== undefined || outcome.reason === "error") context.exitCode = 1;
  if (outcome.failure !== undefined) context.note(`metaexpert: ${outcome.failure}`);
  // The events have been printed one by one.
  const { events: _events, ...status } = outcome.status;
  if (context.json) context.printJsonLine({ type: "outcome", ...outcome, status });
  else context.print(outcomeText(outcome));
}
