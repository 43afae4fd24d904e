import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import { withTradingFlags, type TradingFlags } from "./trading-flags.ts";

/** `metaexpert live FILE`: an expert that trades. */
export function registerLiveCommand(program: Command, context: CliContext): void {
  const command = program.command("live").description("run an expert that trades at an exchange");
  withTradingFlags(command)
    .optionsGroup("Safety:")
    .option("--yes", "start without asking")
    .action(async (path: string, flags: TradingFlags) => {
      const { tradingCommand } = await import("./run-trading-command.ts");
      await tradingCommand("live", path, flags, context);
    })
    .addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  metaexpert live my-expert.ts --sandbox       rehearse with a built-in exchange: no account, no money
  metaexpert live my-expert.ts --testnet       trade on the exchange's test market
  metaexpert live my-expert.ts                 trade; asks first

Keys come from the environment or a .env file (BINANCE_API_KEY, BINANCE_API_SECRET), never from the command line. A key that may
withdraw is refused. Without limits in risk (maxDrawdownPct or dailyLossLimit, and maxPositionSizeQuote or maxOrderSizeQuote) a live
run does not start.`;
