import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import type { NewFlags } from "./new-command.ts";

/** `metaexpert new NAME`: writes a project that runs at once. */
export function registerNewCommand(program: Command, context: CliContext): void {
  program
    .command("new")
    .description("write a project with an expert that runs at once")
    .argument("[name]", "name of the project and of the folder it is written to")
    .option("--exchange <name>", "binance, bybit, okx, bitget or kucoin")
    .option("--market <market>", "spot or futures")
    .option("--style <style>", "function or class (with decorators)")
    .option("--yes", "ask nothing and take the defaults: binance, spot, function")
    .action(async (name: string | undefined, flags: NewFlags) => {
      const { newCommand } = await import("./new-command.ts");
      await newCommand(name, flags, context);
    });
}
