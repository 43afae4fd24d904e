import type { Command } from "commander";
import { ConfigurationError } from "../../base/errors.ts";
import { LOG_LEVELS, type LogLevel } from "../../base/logger.ts";
import { parseDuration } from "../../expert/duration.ts";
import { parseTimeframe } from "../../domain/timeframe.ts";
import { ERROR_POLICIES, EXIT_POLICIES, type ErrorPolicy, type ExitPolicy, type RunOptions } from "../../expert/options.ts";
import type { ParamSpecs } from "../../expert/params.ts";
import { oneOf, parseNumber } from "./arguments.ts";
import { given, marketOptions, parseParams, parseSymbols, present } from "./run-flags.ts";

/** What stands on the command line of `paper` and `live`, still text. */
export interface TradingFlags {
  readonly exchange?: string;
  readonly market?: string;
  readonly symbol?: string;
  readonly timeframe?: string;
  readonly sandbox?: boolean;
  readonly testnet?: boolean;
  readonly capital?: string;
  readonly leverage?: string;
  readonly param?: readonly string[];
  readonly seed?: string;
  readonly duration?: string;
  readonly onExit?: string;
  readonly onError?: string;
  readonly rearm?: boolean;
  readonly logLevel?: string;
  readonly view?: boolean;
  readonly yes?: boolean;
}

/** Adds the flags that `paper` and `live` have in common. */
export function withTradingFlags(command: Command): Command {
  const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];
  return command
    .argument("<expert>", "the expert's file, or a folder that holds expert.ts")
    .optionsGroup("Market:")
    .option("--exchange <name>", "where it trades: binance")
    .option("--market <market>", "spot, linear or inverse (the latter are futures)")
    .option("--symbol <symbols>", "such as BTCUSDT; several are joined by commas")
    .option("--timeframe <timeframe>", "length of the bars the expert steps through, such as 1h")
    .option("--sandbox", "trade on a built-in exchange on this machine, without an account and without internet")
    .option("--testnet", "use the exchange's own test market")
    .optionsGroup("Run:")
    .option("--duration <time>", "end by itself after this time, such as 20s, 5m or 1h30m")
    .option("--leverage <factor>", "how many times its margin a position may be worth; futures only")
    .option("--param <name=value>", "value of one of the expert's parameters; may be repeated", collect)
    .option("--seed <number>", "start of everything drawn by chance; makes the market of --sandbox (default: 1)")
    .option("--on-exit <policy>", "what an orderly end does with what is open: leave, cancel or close (default: cancel)")
    .option("--on-error <policy>", "what happens when the expert throws: continue, halt or close (default: halt)")
    .option("--rearm", "allow entries again that a tripped limit has switched off")
    .optionsGroup("Output:")
    .option("--no-view", "print log lines instead of drawing the run on the terminal")
    .option("--log-level <level>", "least serious messages that are written (default: info)");
}

/** The flags as a run's options; what is not on the command line is absent. */
export function tradingOptionsOf(flags: TradingFlags, params: ParamSpecs): RunOptions {
  if (flags.sandbox === true && flags.testnet === true) {
    throw new ConfigurationError("--sandbox and --testnet: a run has one exchange; keep one of them");
  }
  const risk = present({ leverage: given(flags.leverage, (text) => parseNumber("--leverage", text)) });
  return present({
    exchange: flags.exchange?.toLowerCase(),
    ...marketOptions(flags.market),
    symbols: given(flags.symbol, parseSymbols),
    timeframe: given(flags.timeframe, parseTimeframe),
    testnet: flags.testnet,
    initialCapital: given(flags.capital, (text) => parseNumber("--capital", text)),
    duration: given(flags.duration, checkedDuration),
    seed: given(flags.seed, (text) => parseNumber("--seed", text)),
    params: given(flags.param, (list) => parseParams(list, params)),
    onExit: given(flags.onExit, (text): ExitPolicy => oneOf("--on-exit", text, EXIT_POLICIES)),
    onError: given(flags.onError, (text): ErrorPolicy => oneOf("--on-error", text, ERROR_POLICIES)),
    rearm: flags.rearm,
    logLevel: given(flags.logLevel, (text): LogLevel => oneOf("--log-level", text, LOG_LEVELS)),
    risk: Object.keys(risk).length === 0 ? undefined : risk,
  });
}

function checkedDuration(text: string): string {
  try {
    parseDuration(text);
    return text.trim();
  } catch (error) {
    throw new ConfigurationError(`--duration: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
