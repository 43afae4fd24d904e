import { inspect } from "node:util";
import { CommanderError } from "commander";
import { ConfigurationError, MetaExpertError } from "../../base/errors.ts";
import type { TextOutput } from "./progress.ts";

/** The command was understood and failed. */
const FAILED = 1;
/** The command line, the configuration or the expert's definition has to be changed first. */
const MISUSED = 2;

/** Says in one sentence on standard error what went wrong and gives the exit code; the stack is for `--debug`. */
export function reportFailure(error: unknown, { stderr, debug }: { readonly stderr: TextOutput; readonly debug: boolean }): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  // The help itself has been printed.
  if (error instanceof CommanderError && error.code === "commander.help") return MISUSED;
  stderr.write(`metaexpert: ${oneLine(sentenceOf(error))}\n`);
  if (debug) stderr.write(`${inspect(error, { depth: 4 })}\n`);
  return error instanceof CommanderError || error instanceof ConfigurationError ? MISUSED : FAILED;
}

function sentenceOf(error: unknown): string {
  if (error instanceof CommanderError) return usageSentence(error);
  if (error instanceof MetaExpertError) return error.message;
  const systemError = systemSentence(error);
  if (systemError !== undefined) return systemError;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `${text} (this is a mistake in metaexpert itself: run the command again with --debug and report what it prints)`;
}

/** "error: unknown option '--fro'\n(Did you mean --from?)" without the label and in one line. */
function usageSentence({ message }: CommanderError): string {
  return message.replace(/^error: /, "").replace(/\s*\(Did you mean ([\s\S]*)\?\)$/, "; did you mean $1?");
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied; change the permissions, or choose another folder with --home",
  EPERM: "permission denied; change the permissions, or choose another folder with --home",
  EROFS: "the file system is read-only; choose another folder with --home",
  ENOSPC: "the disk is full; free some space and run the command again",
  EDQUOT: "your disk quota is used up; free some space and run the command again",
  EMFILE: "too many files are open; raise the limit (ulimit -n) and run the command again",
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of the path is a file, not a folder",
  EISDIR: "this is a folder, not a file",
  EEXIST: "it exists already",
};

/** What the operating system refused, in words; undefined for any other error. */
function systemSentence(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  const reason = SYSTEM_REASONS[error.code];
  if (reason === undefined) return undefined;
  const path = "path" in error && typeof error.path === "string" ? error.path : undefined;
  return path === undefined ? reason : `${path}: ${reason}`;
}

const LENGTH_MAX = 1_000;

/** One line without control characters: a file's content or an argument may stand in a message, and must not steer the terminal. */
function oneLine(text: string): string {
  const plain = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
  return plain.length <= LENGTH_MAX ? plain : `${plain.slice(0, LENGTH_MAX)}…`;
}
