import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigurationError, NotSupportedError } from "../base/errors.ts";
import type { RunOptions } from "../expert/options.ts";
import { checkRunOptions } from "../expert/validate.ts";
import { CONFIG_FILE_NAMES, projectFolder } from "./home.ts";
import { importModule } from "./import-module.ts";
import { parseStrictJson } from "./strict-json.ts";
import { pathKind, shownPath } from "./user-file.ts";

/** A project's configuration, checked: what a run uses where the command line says nothing. */
export interface LoadedConfig {
  readonly options: RunOptions;
  /** Absolute path; undefined when there is no configuration file. */
  readonly file: string | undefined;
}

/** Loads the configuration that belongs to an expert: beside it, else in its project's folder, else in the project of `cwd`. */
export async function loadConfig({ expertFile, cwd }: { readonly expertFile: string; readonly cwd: string }): Promise<LoadedConfig> {
  const beside = dirname(expertFile);
  const file = findConfig([beside, projectFolder(beside), projectFolder(cwd)]);
  if (file === undefined) return { options: {}, file };
  const name = shownPath(file, cwd);
  pathKind(file);
  const options = file.endsWith(".json") ? parseStrictJson(readFileSync(file), name) : await exportedOptions(file, cwd);
  try {
    checkRunOptions(options);
  } catch (error) {
    throw inFile(error, name);
  }
  return { options, file };
}

function findConfig(folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    const found = CONFIG_FILE_NAMES.filter((name) => existsSync(join(folder, name)));
    if (found.length > 1) throw new ConfigurationError(`${folder} holds ${found.join(" and ")}: keep one of them`);
    if (found[0] !== undefined) return join(folder, found[0]);
  }
  return undefined;
}

async function exportedOptions(file: string, cwd: string): Promise<unknown> {
  const module = await importModule(file, cwd);
  if ("default" in module) return module["default"];
  throw new ConfigurationError(`${shownPath(file, cwd)} has no default export: write "export default { exchange: "binance" }"`);
}

function inFile(error: unknown, name: string): unknown {
  if (error instanceof NotSupportedError) return new NotSupportedError(`${name}: ${error.message}`, { cause: error });
  return error instanceof ConfigurationError ? new ConfigurationError(`${name}: ${error.message}`, { cause: error }) : error;
}
