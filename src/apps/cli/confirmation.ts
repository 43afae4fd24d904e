import { ConfigurationError } from "../../base/errors.ts";
import type { RunSummary } from "../../run/run-status.ts";
import type { CliContext } from "./context.ts";
import { summaryText } from "./run-summary.ts";

/** Refuses a run that has to be agreed to where nobody can be asked. */
export function requireSomebodyToAsk(context: CliContext): void {
  if (context.interactive) return;
  throw new ConfigurationError(
    "live trading asks before it begins, and there is no terminal to ask on; check everything with --sandbox, then add --yes",
  );
}

/** Shows what is about to begin. */
export function printSummary(summary: RunSummary, context: CliContext): void {
  if (context.json) return context.printJsonLine({ type: "summary", ...summary });
  context.print(`\n${summaryText(summary)}\n`);
}

/** Whether the person at the terminal agrees; anything but a clear yes, and Ctrl-C, is a no. */
export async function askToTrade(summary: RunSummary): Promise<boolean> {
  const { confirm } = await import("@clack/prompts");
  const what = summary.isTestnet ? "Trade on the testnet" : "Trade with real money";
  const answer = await confirm({ message: `${what} on ${summary.exchange}?`, active: "Yes", inactive: "No", initialValue: false });
  return answer === true;
}
