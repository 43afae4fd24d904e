import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import type { ReplayFlags } from "./run-replay-command.ts";

/** `metaexpert replay JOURNAL`: repeats what a paper or live run has recorded. */
export function registerReplayCommand(program: Command, context: CliContext): void {
  program
    .command("replay")
    .description("repeat a recorded paper or live run, and compare every record")
    .argument("<journal>", "the folder of a journal, as a run prints it at its end")
    .option("--expert <file>", "the expert's file, when it is no longer where the journal says")
    .action(async (folder: string, flags: ReplayFlags) => {
      const { replayCommand } = await import("./run-replay-command.ts");
      await replayCommand(folder, flags, context);
    });
}
