import { ConfigurationError } from "../base/errors.ts";

/** Reads JSON that a person wrote: a byte order mark is fine; a key written twice, which JSON.parse would let pass, is refused. */
export function parseStrictJson(bytes: Uint8Array, name: string): unknown {
  const text = decode(bytes, name);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ConfigurationError(`${name}${placeIn(text, cause)}: ${reasonOf(cause)}; JSON has no comments and no comma at the end`, {
      cause,
    });
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw new ConfigurationError(`${name}: "${repeated}" is written twice; keep one of them`);
  return value;
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConfigurationError(`${name} is not UTF-8 text: save it as UTF-8`, { cause });
  }
}

/** `:3:14` when the message tells where. */
function placeIn(text: string, cause: unknown): string {
  const position = /position (\d+)/.exec(cause instanceof Error ? cause.message : "")?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position)).split("\n");
  return `:${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.replace(/ in JSON at position.*$| \(line.*$|, ".*is not valid JSON$/s, "");
}

/** The first key that one object holds twice. The text is valid JSON. */
function repeatedKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (token.endsWith(":")) {
      const key = JSON.parse(token.slice(0, -1)) as string; // The pattern lets nothing but a string literal through.
      const keys = open.at(-1);
      if (keys?.has(key) === true) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
