import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import { withTradingFlags, type TradingFlags } from "./trading-flags.ts";

/** `metaexpert paper FILE`: an expert on the market as it is now, with orders that are simulated. */
export function registerPaperCommand(program: Command, context: CliContext): void {
  const command = program.command("paper").description("run an expert on live market data with simulated orders");
  withTradingFlags(command)
    .optionsGroup("Money:")
    .option("--capital <amount>", "money at the start (default: 10000)")
    .action(async (path: string, flags: TradingFlags) => {
      const { tradingCommand } = await import("./run-trading-command.ts");
      await tradingCommand("paper", path, flags, context);
    })
    .addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  metaexpert paper my-expert.ts
  metaexpert paper my-expert.ts --sandbox --duration 5m
  metaexpert paper my-expert.ts --market linear --symbol ETHUSDT --timeframe 1m --no-view

Public market data needs no account and no key.`;
