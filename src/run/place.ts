import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { ExpertError } from "../base/errors.ts";
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

/** The same error with the place in the expert's code where it arose. */
export function withPlace(error: ExpertError, file: string, cwd: string): ExpertError {
  const place = error.cause instanceof Error ? placeOf(error.cause, file, cwd) : undefined;
  return place === undefined ? error : new ExpertError(`${error.message} (${place})`, { cause: error.cause });
}

function toPath(address: string): string | undefined {
  if (!address.startsWith("file:")) return address;
  try {
    return fileURLToPath(address);
  } catch {
    return undefined;
  }
}
