import { statSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { ConfigurationError } from "../base/errors.ts";

/** Beyond it a file is no expert and no configuration. */
const BYTES_MAX = 5_000_000;

/** Endings of the files that hold code, in the order in which a folder is searched. */
export const CODE_ENDINGS = [".ts", ".mts", ".js", ".mjs"] as const;

/** What stands at a path that a user gave. */
export function pathKind(path: string): "file" | "folder" | "missing" {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return "missing";
  if (status.isDirectory()) return "folder";
  if (!status.isFile()) throw new ConfigurationError(`${path} is a device or a pipe: give a file`);
  if (status.size > BYTES_MAX) throw new ConfigurationError(`${path} has ${Math.round(status.size / 1e6)} MB: give a file of code`);
  return "file";
}

/** An absolute path from what a user wrote. */
export function absolutePath(path: string, cwd: string): string {
  if (path.trim() === "") throw new ConfigurationError("the path is empty: give a file or a folder");
  if (path.includes("\0")) throw new ConfigurationError("the path holds a NUL character: give a plain path");
  if (path.length > 4_000) throw new ConfigurationError("the path is longer than 4,000 characters: give a shorter one");
  return resolve(cwd, path);
}

/** The path as a reader in `cwd` recognises it: relative below it, whole elsewhere. */
export function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}
