import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import type { SandboxFlags } from "./run-sandbox-command.ts";

/** `metaexpert sandbox`: an exchange on this machine, for programs of every kind. */
export function registerSandboxCommand(program: Command, context: CliContext): void {
  program
    .command("sandbox")
    .description("start an exchange with simulated markets on this machine")
    .option("--market <market>", "spot, linear or inverse (default: all three)")
    .option("--port <port>", "port of the exchange (default: any free one)")
    .option("--admin-port <port>", "port of its operator, on which faults are ordered (default: any free one)")
    .option("--seed <number>", "start of everything drawn by chance: another market (default: 1)")
    .option("--duration <time>", "end by itself after this time, such as 5m")
    .action(async (flags: SandboxFlags) => {
      const { sandboxCommand } = await import("./run-sandbox-command.ts");
      await sandboxCommand(flags, context);
    })
    .addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  metaexpert sandbox --port 8080
  metaexpert sandbox --market linear --seed 7

It listens on 127.0.0.1 only. An expert needs none of it: metaexpert live FILE --sandbox starts its own.`;
