import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";

const FILES_MAX = 1_000;

/**
 * SHA-256 over a file and everything it imports by a relative path, directly or not. It does not depend on where the files lie,
 * only on their text and on how they lie to each other.
 */
export function hashSources(file: string): string {
  const texts = new Map<string, string>();
  const waiting = [file];
  for (let path = waiting.pop(); path !== undefined && texts.size < FILES_MAX; path = waiting.pop()) {
    if (texts.has(path)) continue;
    const text = readText(path);
    if (text === undefined) continue;
    texts.set(path, text);
    for (const specifier of relativeImports(text)) waiting.push(resolve(dirname(path), specifier));
  }
  const hash = createHash("sha256");
  const folder = dirname(file);
  const named = [...texts].map(([path, text]) => [relative(folder, path).split(sep).join("/"), text] as const);
  for (const [name, text] of named.toSorted(([one], [other]) => (one < other ? -1 : 1))) hash.update(`${name}\0${text}\0`);
  return hash.digest("hex");
}

/** Specifiers that begin with a dot. One that only stands in a comment does no harm: it adds a file to the hash, if there is one. */
function relativeImports(text: string): readonly string[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.{1,2}\/[^"'\n]+)\1/g;
  return [...text.matchAll(pattern)].map((match) => match[2] ?? "");
}

/** Undefined for what is not there: importing it has failed already, or the specifier stood in a comment. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
