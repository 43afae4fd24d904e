import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import type { BacktestFlags } from "./backtest-flags.ts";

/** `metaexpert backtest FILE`: runs an expert over stored or simulated history. */
export function registerBacktestCommand(program: Command, context: CliContext): void {
  const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];
  program
    .command("backtest")
    .description("run an expert over stored history and report what it achieved")
    .argument("<expert>", "the expert's file, or a folder that holds expert.ts")
    .optionsGroup("Market:")
    .option("--exchange <name>", "whose data and fees: binance, bybit, okx, bitget, kucoin or any name in the archive")
    .option("--market <market>", "spot, linear or inverse (the latter are futures)")
    .option("--symbol <symbols>", "such as BTCUSDT; several are joined by commas")
    .option("--timeframe <timeframe>", "length of the bars the expert steps through, such as 1h")
    .option("--from <date>", "first moment in UTC, such as 2022-01-01")
    .option("--to <date>", "end in UTC, not included, such as 2023-01-01")
    .option("--simulated", "trade on a simulated market, made from --seed, instead of stored data")
    .optionsGroup("Money:")
    .option("--capital <amount>", "money at the start (default: 10000)")
    .option("--leverage <factor>", "how many times its margin a position may be worth; futures only")
    .option("--fee <percent>", "fee of all orders, in percent of their value (default: the exchange's)")
    .option("--maker-fee <percent>", "fee of orders that waited in the book")
    .option("--taker-fee <percent>", "fee of orders that filled at once")
    .option("--slippage <percent>", "how much worse market orders fill")
    .option("--spread <percent>", "full spread around the bars' prices")
    .optionsGroup("Run:")
    .option("--param <name=value>", "value of one of the expert's parameters; may be repeated", collect)
    .option("--seed <number>", "start of everything drawn by chance (default: 1)")
    .option("--intrabar <path>", "way of the price inside a bar: pessimistic, optimistic, openHighLowClose or openLowHighClose")
    .optionsGroup("Results:")
    .option("--out <folder>", "write the results there instead of the home folder")
    .option("--no-tear-sheet", "write no HTML report")
    .action(async (path: string, flags: BacktestFlags) => {
      const { backtestCommand } = await import("./run-backtest-command.ts");
      await backtestCommand(path, flags, context);
    })
    .addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  metaexpert backtest examples/binance-ema --from 2022-01-01 --to 2023-01-01
  metaexpert backtest my-expert.ts --symbol ETHUSDT --param fast=10 --param slow=40
  metaexpert backtest my-expert.ts --simulated --seed 7

Settings that stand in metaexpert.config.ts need no flag; a flag wins.`;
