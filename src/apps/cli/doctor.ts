import type { Command } from "commander";
import type { CliContext } from "./context.ts";

/** `metaexpert doctor`: checks that this machine can run experts. */
export function registerDoctorCommand(program: Command, context: CliContext): void {
  program
    .command("doctor")
    .description("check this machine, the installation and the stored data")
    .action(async () => {
      const { doctorCommand } = await import("./doctor-command.ts");
      await doctorCommand(context);
    });
}
