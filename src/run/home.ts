import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ConfigurationError } from "../base/errors.ts";
import { nearestExisting } from "./write-folder.ts";

/** Names of the configuration file, in the order they are looked for. */
export const CONFIG_FILE_NAMES = ["metaexpert.config.ts", "metaexpert.config.mjs", "metaexpert.config.json"] as const;

/** What decides where the home folder is. */
export interface HomeOptions {
  /** Wins over everything else; from `--home`. */
  readonly home?: string | undefined;
  /** Where the command was started. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The folder in which everything stored lives: `--home`, else `METAEXPERT_HOME`, else `.metaexpert/` in the project folder. */
export function resolveHome({ home, cwd, env }: HomeOptions): string {
  if (home !== undefined) return checked(home, "--home", cwd);
  const fromEnvironment = env["METAEXPERT_HOME"];
  if (fromEnvironment !== undefined) return checked(fromEnvironment, "METAEXPERT_HOME", cwd);
  return join(projectFolder(cwd), ".metaexpert");
}

/** The nearest folder upward that holds a configuration file or a package.json; the folder itself when there is none. */
export function projectFolder(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if ([...CONFIG_FILE_NAMES, "package.json"].some((name) => existsSync(join(folder, name)))) return folder;
    if (folder === dirname(folder)) return resolve(from);
  }
}

/** Where market data is stored. */
export function archiveFolder(home: string): string {
  return join(home, "archive");
}

/** Where each run's results are written, one folder a run. */
export function resultsFolder(home: string): string {
  return join(home, "results");
}

function checked(path: string, origin: string, cwd: string): string {
  if (path.trim() === "") throw new ConfigurationError(`${origin} is empty: give a folder, or leave it out`);
  if (path.includes("\0")) throw new ConfigurationError(`${origin} holds a NUL character: give a plain path`);
  const folder = resolve(cwd, path);
  const nearest = nearestExisting(folder);
  if (statSync(nearest).isDirectory()) return folder;
  const fault = nearest === folder ? "is a file" : `lies below the file ${nearest}`;
  throw new ConfigurationError(`${origin} "${folder}" ${fault}: give a folder`);
}
