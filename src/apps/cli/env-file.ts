import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { ConfigurationError } from "../../base/errors.ts";
import { projectFolder } from "../../run/home.ts";
import { shownPath } from "../../run/user-file.ts";

/** Variables of the process and, behind them, those of a project's `.env`. */
export interface Environment {
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the file read; undefined when there is none. */
  readonly file: string | undefined;
  /** What its owner should know, as a sentence. */
  readonly warning: string | undefined;
}

const SIZE_MAX = 1e6;

/**
 * The environment with the `.env` that belongs to an expert: beside it, else in its project's folder, else in the project of `cwd`. A
 * variable that is set outside wins, and an empty one in the file is none.
 */
export function readEnvironment(options: {
  readonly expertFile?: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Environment {
  const { expertFile, cwd, env } = options;
  const beside = expertFile === undefined ? [] : [dirname(expertFile), projectFolder(dirname(expertFile))];
  const file = [...beside, projectFolder(cwd)].map((folder) => join(folder, ".env")).find(isFile);
  if (file === undefined) return { values: env, file: undefined, warning: undefined };
  const named = Object.entries(parsed(file, cwd)).filter(([, value]) => value !== "");
  const outside = Object.entries(env).filter(([, value]) => value !== undefined && value !== "");
  return { values: Object.fromEntries([...named, ...outside]), file, warning: warningFor(file, cwd) };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function parsed(file: string, cwd: string): Readonly<Record<string, string | undefined>> {
  const shown = shownPath(file, cwd);
  const { size } = statSync(file);
  if (size > SIZE_MAX) throw new ConfigurationError(`${shown} has ${size} bytes, too many for a file of variables; is it the right file?`);
  try {
    return parseEnv(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new ConfigurationError(`${shown} cannot be read; change its permissions, or set the variables in the environment`, {
      cause: error,
    });
  }
}

function warningFor(file: string, cwd: string): string | undefined {
  const shown = shownPath(file, cwd);
  if (process.platform === "win32" || (statSync(file).mode & 0o077) === 0) return undefined;
  return `${shown} can be read by other users of this machine; run chmod 600 ${shown}`;
}
