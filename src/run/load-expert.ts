import { readdirSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { ConfigurationError } from "../base/errors.ts";
import { definitionOf, type ExpertDefinition } from "../expert/define.ts";
import { didYouMean } from "../expert/suggest.ts";
import { importModule, type UserModule } from "./import-module.ts";
import { hashSources } from "./source-hash.ts";
import { absolutePath, CODE_ENDINGS, pathKind, shownPath } from "./user-file.ts";

/** An expert as its file defines it. */
export interface LoadedExpert {
  readonly definition: ExpertDefinition;
  /** Absolute path. */
  readonly file: string;
  /** SHA-256 of the file and of everything it imports by a relative path. */
  readonly sourceHash: string;
}

/** Loads an expert from its file, or from a folder that holds one. */
export async function loadExpert(path: string, cwd: string): Promise<LoadedExpert> {
  const file = findExpertFile(path, cwd);
  const module = await importModule(file, cwd);
  return { definition: definitionIn(module, shownPath(file, cwd)), file, sourceHash: hashSources(file) };
}

/** The file that a path means: itself, or `expert.ts`, `index.ts`, `src/expert.ts` (or .js) in the folder. */
export function findExpertFile(path: string, cwd: string): string {
  const absolute = absolutePath(path, cwd);
  const kind = pathKind(absolute);
  const shown = shownPath(absolute, cwd);
  if (kind === "missing") throw new ConfigurationError(`there is no file or folder "${shown}"${nearbyPath(absolute)}`);
  if (kind === "folder") return fileInFolder(absolute, shown);
  if (!(CODE_ENDINGS as readonly string[]).includes(extname(absolute))) {
    throw new ConfigurationError(`"${shown}" is not an expert: give a file that ends in ${CODE_ENDINGS.join(", ")}`);
  }
  return absolute;
}

function fileInFolder(folder: string, shown: string): string {
  const names = ["expert", "index", join("src", "expert"), join("src", "index")];
  const candidates = names.flatMap((name) => CODE_ENDINGS.map((ending) => join(folder, name + ending)));
  const found = candidates.find((candidate) => pathKind(candidate) === "file");
  if (found !== undefined) return found;
  throw new ConfigurationError(`the folder "${shown}" holds no expert.ts: name the expert's file`);
}

function definitionIn(module: UserModule, name: string): ExpertDefinition {
  if (!("default" in module)) {
    const other = Object.entries(module).find(([, value]) => definitionOf(value) !== undefined)?.[0];
    const remedy = other === undefined ? 'write "export default defineExpert(…)"' : `write "export default ${other}"`;
    throw new ConfigurationError(`${name} has no default export: ${remedy}`);
  }
  const definition = definitionOf(module["default"]);
  if (definition !== undefined) return definition;
  throw new ConfigurationError(
    `the default export of ${name} is ${kindOf(module["default"])}, not an expert: write "export default defineExpert(…)"`,
  );
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "function") return /^class\b/.test(Function.prototype.toString.call(value)) ? "a plain class" : "a function";
  return `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}

/** `; did you mean "ema.ts"?` when the folder holds something of a similar name. */
function nearbyPath(path: string): string {
  try {
    return didYouMean(basename(path), readdirSync(dirname(path)));
  } catch {
    return "";
  }
}
