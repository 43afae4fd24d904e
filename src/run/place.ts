import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { ExpertError, MetaExpertError } from "../base/errors.ts";
import { shownPath } from "./user-file.ts";

/** Where in the user's own files an error arose, `expert.ts:12:5`: the first line of its stack that lies beside or below `file`. */
export function placeOf(error: Error, file: string, cwd: string): string | undefined {
  const folder = dirname(file) + sep;
  for (const line of (error.stack ?? "").split("\n")) {
    const [, address = "", row = "", column = ""] = /(?:\(|at )((?:file:\/\/)?(?:\/|[A-Za-z]:\\)[^()]*?):(\d+):(\d+)\)?$/.exec(line) ?? [];
    const path = toPath(address);
    if (path === undefined || !path.startsWith(folder) || path.includes(`${sep}node_modules${sep}`)) continue;
    return `${shownPath(path, cwd)}:${row}:${column}`;
  }
  return undefined;
}

/** The error as its author should see it: with the place in his own code where it arose, when it did arise there. */
export function withPlace(error: unknown, file: string, cwd: string): unknown {
  if (error instanceof ExpertError) {
    const place = error.cause instanceof Error ? placeOf(error.cause, file, cwd) : undefined;
    return place === undefined ? error : new ExpertError(`${error.message} (${place})`, { cause: error.cause });
  }
  if (error instanceof MetaExpertError || !(error instanceof Error)) return error;
  // Code that is called without a handler around it, such as an indicator of the expert's own.
  const place = placeOf(error, file, cwd);
  return place === undefined ? error : new ExpertError(`the expert's code threw: ${error.message} (${place})`, { cause: error });
}

function toPath(address: string): string | undefined {
  if (!address.startsWith("file:")) return address;
  try {
    return fileURLToPath(address);
  } catch {
    return undefined;
  }
}
