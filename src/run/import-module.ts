import { readFileSync } from "node:fs";
import { createRequire, registerHooks, setSourceMapsSupport } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as Esbuild from "esbuild";
import { ConfigurationError, ExpertError, MetaExpertError, NotSupportedError } from "../base/errors.ts";
import { placeOf } from "./place.ts";
import { shownPath } from "./user-file.ts";

/** A user's module as it was found. */
export type UserModule = Readonly<Record<string, unknown>>;

/**
 * Imports a user's JavaScript or TypeScript file. Node runs TypeScript by itself; files with decorators, which it cannot run yet, are
 * compiled on the way. Whatever goes wrong is told in one sentence with file and line.
 */
export async function importModule(file: string, cwd: string): Promise<UserModule> {
  const hooks = registerHooks({ load: compileDecorators });
  try {
    return (await import(pathToFileURL(file).href)) as UserModule;
  } catch (error) {
    throw explained(error, file, cwd);
  } finally {
    hooks.deregister();
  }
}

type LoadHook = NonNullable<Parameters<typeof registerHooks>[0]["load"]>;

/** Node leaves TC39 decorators in the code and V8 does not know them, so files that use them go through esbuild. */
const compileDecorators: LoadHook = (url, context, next) => {
  if (!url.startsWith("file:") || url.includes("/node_modules/") || !/\.[cm]?[jt]s$/.test(url)) return next(url, context);
  const source = readSource(url);
  if (source === undefined || !usesDecorators(source)) return next(url, context);
  setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
  const { transformSync } = createRequire(import.meta.url)("esbuild") as Pick<typeof Esbuild, "transformSync">;
  const { code } = transformSync(source, {
    loader: "ts",
    format: "esm",
    target: "es2022",
    sourcemap: "inline",
    sourcefile: fileURLToPath(url),
    logLevel: "silent",
  });
  return { format: "module", source: code, shortCircuit: true };
};

/** Undefined for a file that is not there: Node then says so itself. */
function readSource(url: string): string | undefined {
  try {
    return readFileSync(new URL(url), "utf8");
  } catch {
    return undefined;
  }
}

function usesDecorators(source: string): boolean {
  if (!source.includes("@") && !source.includes("accessor")) return false;
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  return /(^|[\s;{}()])@[A-Za-z_$]|\baccessor\s+[\w#]/m.test(code);
}

/** What happened while a file was being loaded, as one sentence. */
function explained(error: unknown, file: string, cwd: string): Error {
  const name = shownPath(file, cwd);
  if (isEsbuildFailure(error)) {
    const [{ text, location } = { text: "it cannot be compiled", location: null }] = error.errors;
    const place = location === null ? name : `${shownPath(location.file, cwd)}:${location.line}:${location.column + 1}`;
    return new ConfigurationError(`${place}: ${text}`, { cause: error });
  }
  if (!(error instanceof Error)) return new ExpertError(`${name} threw while it was loaded: ${String(error)}`, { cause: error });
  const place = placeOf(error, file, cwd);
  if (error instanceof NotSupportedError) return new NotSupportedError(`${place ?? name}: ${error.message}`, { cause: error });
  if (error instanceof ConfigurationError) return new ConfigurationError(`${place ?? name}: ${error.message}`, { cause: error });
  if (error instanceof MetaExpertError) return error;
  if ("code" in error && error.code === "ERR_MODULE_NOT_FOUND") return missingImport(error, file, cwd);
  if (error instanceof SyntaxError) return syntaxError(error, name, cwd);
  return new ExpertError(`${place ?? name} threw while it was loaded: ${error.message}`, { cause: error });
}

/** "Cannot find module '/x/gone.ts' imported from /x/expert.ts", "Cannot find package 'gone' imported from /x/expert.ts". */
function missingImport(error: Error, file: string, cwd: string): Error {
  const match = /^Cannot find (module|package) '([^']+)' imported from (.+)$/.exec(error.message);
  const [, kind, wanted = "?", importer = file] = match ?? [];
  const where = shownPath(importer.startsWith("file:") ? fileURLToPath(importer) : importer, cwd);
  const what =
    kind === "package"
      ? `the package "${wanted}", which is not installed: run npm install ${wanted} in the project's folder`
      : `${shownPath(wanted, cwd)}, which does not exist: correct the path (with its ending, such as .ts)`;
  return new ConfigurationError(`${where} imports ${what}`, { cause: error });
}

const ADVICE: Readonly<Record<string, string>> = {
  enum: "write a const object instead of an enum",
  namespace: "write plain exports instead of a namespace",
  "parameter property": "declare the field and assign it in the constructor",
};

/** The first line of such an error's stack names the file and line where the code cannot be read. */
function syntaxError(error: SyntaxError, name: string, cwd: string): Error {
  const [first = ""] = (error.stack ?? "").split("\n");
  const [, path = "", line = ""] = /^(.*):(\d+)$/.exec(first) ?? [];
  const place = line === "" ? name : `${shownPath(path.startsWith("file:") ? fileURLToPath(path) : path, cwd)}:${line}`;
  const unsupported = /^TypeScript (.+) is not supported/.exec(error.message)?.[1];
  const advice = unsupported === undefined ? undefined : ADVICE[unsupported];
  const text = advice === undefined ? error.message : `Node cannot run this part of TypeScript: ${advice}`;
  return new ConfigurationError(`${place}: ${text}`, { cause: error });
}

interface EsbuildFailure extends Error {
  readonly errors: readonly { readonly text: string; readonly location: { file: string; line: number; column: number } | null }[];
}

function isEsbuildFailure(error: unknown): error is EsbuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors) && error.message.startsWith("Transform failed");
}
