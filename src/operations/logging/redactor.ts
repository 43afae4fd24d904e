import { isSecretName } from "../../expert/secret-names.ts";
import { formsOf, HEAD_LENGTH } from "./secret-forms.ts";

/** What stands where a secret was. */
export const REDACTED = "[redacted]";

/** Takes secrets out of text. */
export type Redact = (text: string) => string;

/**
 * Hides every known secret by value (in each of its spellings, and any beginning of one from 8 characters on), and by name whatever
 * a text calls a signature, a key or a token. `secrets` is asked each time, so that a key of a session is hidden from the moment it exists.
 */
export function createRedactor(secrets: () => readonly string[]): Redact {
  let known: readonly string[] = [];
  let byValue: Redact = (text) => text;
  return (text) => {
    const current = secrets();
    if (!isSame(known, current)) {
      known = [...current];
      byValue = redactByValue(known);
    }
    return redactByName(byValue(text));
  };
}

/** Whether a field of this name is hidden whatever it holds. */
export function isHiddenName(name: string): boolean {
  return isSecretName(name) || HIDDEN.test(name.toLowerCase().replaceAll(/[_-]/g, ""));
}

const HIDDEN = /signature|listenkey|listentoken|authorization|cookie|secret$|token$|^(sign|passwd|pwd|seedphrase|mnemonic)$/;

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((entry, at) => entry === right[at]);
}

function redactByValue(secrets: readonly string[]): Redact {
  const byHead = new Map<string, string[]>();
  for (const form of secrets.flatMap(formsOf)) {
    const head = form.slice(0, HEAD_LENGTH);
    byHead.set(head, [...(byHead.get(head) ?? []), form]);
  }
  if (byHead.size === 0) return (text) => text;
  // Longer heads first: a short secret may be the beginning of a longer one.
  const heads = [...byHead.keys()].toSorted((left, right) => right.length - left.length);
  const search = new RegExp(heads.map(escaped).join("|"), "g");

  return (text) => {
    let result = "";
    let from = 0;
    search.lastIndex = 0;
    for (let found = search.exec(text); found !== null; found = search.exec(text)) {
      const forms = byHead.get(found[0]) ?? [];
      const length = Math.max(...forms.map((form) => commonLength(text, found.index, form)));
      result += text.slice(from, found.index) + REDACTED;
      from = found.index + length;
      search.lastIndex = from;
    }
    return from === 0 ? text : result + text.slice(from);
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

/** How much of a form stands in the text from a place on. */
function commonLength(text: string, at: number, form: string): number {
  let length = 0;
  while (length < form.length && text.charCodeAt(at + length) === form.charCodeAt(length)) length += 1;
  return length;
}

const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g;
/** `http://user:password@proxy` */
const USER_INFO = /\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@]{0,200}):[^\s/@]{1,200}@/gi;
/** `signature=`, `"listenKey":"`, `X-MBX-APIKEY: `, with or without the quotes and backslashes of JSON inside JSON. */
const NAME = /([\w-]{3,64})(\\{0,3}["']?\s{0,2}(?:=|:|%3D)\s{0,2}\\{0,3}["']?)/gi;
const VALUE = /(?:Bearer |Basic )?[^\s&"'\\<>,;)}\]]+/iy;

function redactByName(text: string): string {
  // Without any of these there is neither a pair of name and value nor a key.
  if (!/[=:%]|-----BEGIN/.test(text)) return text;
  return redactNamed(text.replaceAll(PRIVATE_KEY, REDACTED).replaceAll(USER_INFO, `$1:${REDACTED}@`));
}

function redactNamed(text: string): string {
  let result = "";
  let from = 0;
  for (const found of text.matchAll(NAME)) {
    const [whole, name = "", separator = ""] = found;
    const start = found.index + whole.length;
    if (found.index < from || !isHiddenName(name)) continue;
    VALUE.lastIndex = start;
    const value = VALUE.exec(text)?.[0] ?? "";
    // "apiKey: leave it out" is a sentence, "X-MBX-APIKEY: 3f9a…" is a header.
    const isWord = /^:\s/.test(separator) && !/\d|.{16}/.test(value);
    if (value === "" || isWord) continue;
    result += text.slice(from, start) + REDACTED;
    from = start + value.length;
  }
  return result + text.slice(from);
}
