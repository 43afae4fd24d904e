import { join } from "node:path";
import type { ResolvedRunOptions } from "../../expert/resolved.ts";
import { absolutePath } from "../../run/user-file.ts";

/** Where a run's log files are: none unless asked for, else as named, else in the home folder. */
export function logFilesOf(
  run: Pick<ResolvedRunOptions, "logToFile" | "logFile" | "logTradeFile" | "logErrorFile">,
  { home, cwd }: { readonly home: string; readonly cwd: string },
): { readonly all?: string; readonly trades?: string; readonly errors?: string } {
  if (!run.logToFile) return {};
  const place = (given: string | undefined, name: string): string =>
    given === undefined ? join(home, "logs", name) : absolutePath(given, cwd);
  return {
    all: place(run.logFile, "expert.log"),
    trades: place(run.logTradeFile, "trades.log"),
    errors: place(run.logErrorFile, "errors.log"),
  };
}
