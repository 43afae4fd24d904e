import type { CliContext } from "../context.ts";

/** One line of `metaexpert doctor`. It never holds the value of an environment variable. */
export interface Finding {
  readonly status: "ok" | "warn" | "fail";
  readonly subject: string;
  readonly text: string;
  /** What to do about it; given unless all is well. */
  readonly remedy?: string;
}

/** Looks at one thing and never throws. */
export type Check = (context: CliContext) => Promise<readonly Finding[]>;

/** What an error says, in one line. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
