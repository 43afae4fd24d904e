import { JournalError } from "../../base/errors.ts";

/**
 * Plain data as one line of JSON, exactly: what JSON has no word for is a text that begins with this mark, and a text that begins with
 * it by itself gets one more. `~NaN`, `~Infinity`, `~-Infinity`, `~-0`, `~u` (undefined), `~n123` (bigint), `~~` (the text "~").
 *
 * A key that JSON would have to escape is the mark and the key's UTF-16 code units in hexadecimal: once V8's `JSON.parse` has met a key
 * that is one backslash, it may read other escaped keys as that one (nodejs/node#63785, open; Node 24.21 has it).
 */
const MARK = "~";
const MARK_CODE = 126;
/** Data nested deeper is taken for a ring. */
const DEPTH_MAX = 100;
// oxlint-disable-next-line no-control-regex -- Control characters are what JSON escapes.
const UNSAFE_KEY = /^~|["\\\u0000-\u001f\ud800-\udfff]/;

/** Refuses what is not plain data (functions, dates, maps, objects of classes), naming where it is. */
export function encode(value: unknown): string {
  return needsMarks(value, 0) ? written(value, undefined) : JSON.stringify(value);
}

/** The same of an object whose undefined fields say nothing: they are left out. */
export function encodePresent(value: object): string {
  let fields = "";
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined)
      fields += `${fields === "" ? "" : ","}${writtenKey(key)}:${written(item, { within: undefined, key, depth: 1 })}`;
  }
  return `{${fields}}`;
}

/** The value that `encode` was given; objects and arrays are new ones. */
export function decode(json: string): unknown {
  const value: unknown = JSON.parse(json);
  return json.includes(`"${MARK}`) ? restored(value) : value;
}

/** Whether anything in it has to be written in another form. */
function needsMarks(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "number":
      return !Number.isFinite(value) || Object.is(value, -0);
    case "string":
      return value.charCodeAt(0) === MARK_CODE;
    case "boolean":
      return false;
    case "object":
      return value !== null && hasMarks(value, depth);
    case "undefined":
    case "bigint":
      return true;
    case "function":
    case "symbol":
      // Found again, with its place, by the slow way.
      return true;
  }
}

function hasMarks(value: object, depth: number): boolean {
  if (depth > DEPTH_MAX) return true;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) if (needsMarks(value[index], depth + 1)) return true;
    return false;
  }
  if (!isPlain(value)) return true;
  for (const key of Object.keys(value)) {
    if (UNSAFE_KEY.test(key) || needsMarks((value as Record<string, unknown>)[key], depth + 1)) return true;
  }
  return false;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Where in a value something stands; undefined is the value itself. */
interface Place {
  readonly within: Place | undefined;
  readonly key: string;
  readonly depth: number;
}

function written(value: unknown, place: Place | undefined): string {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0) ? String(value) : `"${MARK}${Object.is(value, -0) ? "-0" : String(value)}"`;
    case "string":
      return JSON.stringify(value.charCodeAt(0) === MARK_CODE ? MARK + value : value);
    case "undefined":
      return `"${MARK}u"`;
    case "bigint":
      return `"${MARK}n${value}"`;
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : writtenObject(value, place);
    case "function":
    case "symbol":
      throw notPlain(`a ${typeof value}`, pathOf(place));
  }
}

function writtenObject(value: object, place: Place | undefined): string {
  const depth = place?.depth ?? 0;
  if (depth > DEPTH_MAX) throw notPlain("an object that contains itself, or too many levels", pathOf(place).slice(0, 5));
  const within = (key: string): Place => ({ within: place, key, depth: depth + 1 });
  if (Array.isArray(value)) return `[${Array.from(value, (item: unknown, index) => written(item, within(String(index)))).join(",")}]`;
  if (!isPlain(value)) throw notPlain(`a ${value.constructor.name}`, pathOf(place));
  const fields = Object.entries(value).map(([key, item]: [string, unknown]) => `${writtenKey(key)}:${written(item, within(key))}`);
  return `{${fields.join(",")}}`;
}

function writtenKey(key: string): string {
  if (!UNSAFE_KEY.test(key)) return `"${key}"`;
  const units = Array.from({ length: key.length }, (_, index) => key.charCodeAt(index).toString(16).padStart(4, "0"));
  return `"${MARK}${units.join("")}"`;
}

function pathOf(place: Place | undefined): readonly string[] {
  return place === undefined ? [] : [...pathOf(place.within), place.key];
}

function restoredKey(key: string): string {
  if (key.charCodeAt(0) !== MARK_CODE) return key;
  const units = key.slice(1).match(/.{4}/g) ?? [];
  return String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
}

function notPlain(what: string, path: readonly string[]): JournalError {
  const place = path.length === 0 ? "" : ` at ${path.join(".")}`;
  return new JournalError(
    `${what}${place} cannot be kept over a restart: keep plain data, that is numbers, texts, lists and simple objects`,
  );
}

/** Puts back what marks stand for, in place where it can. */
function restored(value: unknown): unknown {
  if (typeof value === "string") return value.charCodeAt(0) === MARK_CODE ? meaningOf(value) : value;
  if (typeof value !== "object" || value === null) return value;
  const container = value as Record<string, unknown>;
  let hasMarkedKeys = false;
  for (const key of Object.keys(container)) {
    hasMarkedKeys ||= key.charCodeAt(0) === MARK_CODE;
    const item = container[key];
    if (typeof item === "string" ? item.charCodeAt(0) === MARK_CODE : typeof item === "object") container[key] = restored(item);
  }
  return hasMarkedKeys ? Object.fromEntries(Object.entries(container).map(([key, item]) => [restoredKey(key), item])) : container;
}

function meaningOf(text: string): unknown {
  switch (text) {
    case "~NaN":
      return NaN;
    case "~Infinity":
      return Infinity;
    case "~-Infinity":
      return -Infinity;
    case "~-0":
      return -0;
    case "~u":
      return undefined;
    default:
      return text.startsWith("~n") ? BigInt(text.slice(2)) : text.slice(1);
  }
}
