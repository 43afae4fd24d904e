import { isHiddenName, REDACTED, type Redact } from "./redactor.ts";

const DEPTH_MAX = 8;
const ENTRIES_MAX = 100;
/** Most values in one line, all levels together. */
const VALUES_MAX = 2_000;
const TEXT_LENGTH_MAX = 16_384;

/**
 * Anything as data that JSON can hold and that holds no secret: errors with their causes, maps and sets opened up, bytes only counted,
 * circles cut, sizes bounded. Never throws, whatever getters and proxies do.
 */
export function plainData(value: unknown, redact: Redact): unknown {
  return plain(value, { redact, seen: new Set(), depth: 0, budget: { left: VALUES_MAX } });
}

/** A text of one line, without secrets and without characters that steer a terminal. */
export function plainLine(text: unknown, redact: Redact): string {
  const line = typeof text === "string" ? cleanText(text, redact) : (JSON.stringify(plainData(text, redact)) ?? "");
  return line.replaceAll(/\s*[\n\r\u2028\u2029]+\s*/g, " ");
}

interface Place {
  readonly redact: Redact;
  /** The objects this one lies in. */
  readonly seen: Set<object>;
  readonly depth: number;
  readonly budget: { left: number };
}

function plain(value: unknown, place: Place): unknown {
  place.budget.left -= 1;
  if (place.budget.left < 0) return "[cut]";
  switch (typeof value) {
    case "string":
      return cleanText(value, place.redact);
    case "number":
      return plainNumber(value, place.redact);
    case "bigint":
      return place.redact(String(value));
    case "boolean":
    case "undefined":
      return value;
    case "function":
      return "[function]";
    case "symbol":
      return "[symbol]";
    case "object":
      return value === null ? null : plainObject(value, place);
  }
}

function plainNumber(value: number, redact: Redact): unknown {
  const text = String(value);
  const shown = redact(text);
  return shown === text && Number.isFinite(value) ? value : shown;
}

function plainObject(value: object, place: Place): unknown {
  if (place.seen.has(value)) return "[circular]";
  if (place.depth >= DEPTH_MAX) return "[deeper]";
  const inside = { ...place, depth: place.depth + 1 };
  place.seen.add(value);
  try {
    return opened(value, inside);
  } catch {
    return "[unreadable]";
  } finally {
    place.seen.delete(value);
  }
}

function opened(value: object, inside: Place): unknown {
  if (value instanceof Error) return plainError(value, inside);
  if (Array.isArray(value)) return plainList(value, inside);
  if (value instanceof Set) return plainList([...value], inside);
  if (value instanceof Map)
    return plainEntries(
      [...value].map(([name, entry]) => [String(name), () => entry as unknown]),
      inside,
    );
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.constructor.name} of ${value.byteLength} bytes]`;
  if (value instanceof URL) return cleanText(value.href, inside.redact);
  if ("toJSON" in value && typeof value.toJSON === "function") return plain((value.toJSON as () => unknown)(), inside);
  return plainEntries(readersOf(value, Object.keys(value)), inside);
}

function plainError(error: Error, inside: Place): unknown {
  const own = Object.keys(error).filter((name) => !["name", "message", "stack", "cause"].includes(name));
  const readers = readersOf(error, ["name", "message", ...own, "stack", "cause"]);
  return plainEntries(
    readers.filter(([name, read]) => name === "message" || read() !== undefined),
    inside,
  );
}

type Reader = readonly [name: string, read: () => unknown];

function readersOf(value: object, names: readonly string[]): readonly Reader[] {
  return names.map((name) => [name, () => (value as Record<string, unknown>)[name]]);
}

function plainList(list: readonly unknown[], inside: Place): unknown {
  const shown = list.slice(0, ENTRIES_MAX).map((entry) => plain(entry, inside) ?? null);
  return list.length > ENTRIES_MAX ? [...shown, `[${list.length - ENTRIES_MAX} more]`] : shown;
}

function plainEntries(entries: readonly Reader[], inside: Place): unknown {
  // Without a prototype, a name such as __proto__ is a name like any other.
  const result = Object.create(null) as Record<string, unknown>;
  for (const [name, read] of entries.slice(0, ENTRIES_MAX)) {
    result[plainLine(name, inside.redact)] = isHiddenName(name) ? REDACTED : readSafely(read, inside);
  }
  if (entries.length > ENTRIES_MAX) result["more"] = `[${entries.length - ENTRIES_MAX} more]`;
  return result;
}

function readSafely(read: () => unknown, inside: Place): unknown {
  try {
    return plain(read(), inside);
  } catch {
    return "[unreadable]";
  }
}

/** Secrets first, then the cut: a cut through a secret would leave its beginning. */
function cleanText(text: string, redact: Redact): string {
  const whole = redact(text.length > 4 * TEXT_LENGTH_MAX ? text.slice(0, 4 * TEXT_LENGTH_MAX) : text);
  const bounded = whole.length > TEXT_LENGTH_MAX ? `${whole.slice(0, TEXT_LENGTH_MAX)}… [cut]` : whole;
  return bounded.replaceAll(/(?![\n\t])[\p{Cc}\p{Cf}]/gu, "");
}
