import { DataError } from "../../base/errors.ts";

export interface JsonOptions {
  /** What is read, for errors: "GET /api/v3/order". @default "a message" */
  readonly where?: string;
  /** Deepest nesting of lists and objects that is taken. @default 64 */
  readonly depthMax?: number;
  /** Hands every number out as its source text, not only those that a double cannot hold. @default false */
  readonly numbersAsText?: boolean;
}

/**
 * JSON without silent loss: a number whose double is not the decimal that was sent (an id beyond 2^53, 1e400, 17 digits of a price) comes
 * as its source text, every other one as a number. Keys named `__proto__` are dropped.
 *
 * One walk over the characters finds such numbers and the depth, and puts quotes around them before `JSON.parse` sees them: about 1 ns a
 * character, where a reviver with `context.source` costs 15 and a regular expression 5 to 15 (Node 24).
 */
export function parseJson(text: string, options?: JsonOptions): unknown {
  const where = options?.where ?? "a message";
  const quoted = quoteNumbers(text, where, options?.depthMax ?? DEPTH_MAX, options?.numbersAsText === true);
  try {
    // The name may be spelled with escapes, all of which begin like this.
    if (quoted.includes("__proto__") || quoted.includes("\\u00")) return JSON.parse(quoted, withoutPrototype) as unknown;
    return JSON.parse(quoted) as unknown;
  } catch {
    // The platform's error quotes the text, which may hold secrets; it goes no further.
    throw new DataError(`${where}: ${text.length} characters that are not JSON${looksLikeHtml(text) ? ", but an HTML page" : ""}`);
  }
}

const DEPTH_MAX = 64;
/** Every decimal of up to 15 significant digits survives the way through a double (DBL_DIG of C). */
const SAFE_LENGTH = 15;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function quoteNumbers(text: string, where: string, depthMax: number, all: boolean): string {
  const length = text.length;
  let result = "";
  let copied = 0;
  let depth = 0;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      // An unfinished string: let the parser say so.
      if (at < 0) break;
    } else if (code === BRACE_OPEN || code === BRACKET_OPEN) {
      depth += 1;
      if (depth > depthMax) throw new DataError(`${where}: nested deeper than ${depthMax} levels`);
    } else if (code === BRACE_CLOSE || code === BRACKET_CLOSE) {
      depth -= 1;
    } else if (isDigit(code) || code === MINUS) {
      const end = endOfNumber(text, at);
      // Short and without an exponent, as nearly all are: known to be exact.
      if (all || end - at > SAFE_LENGTH || hasExponent(text, at, end)) {
        const source = text.slice(at, end);
        if (JSON_NUMBER.test(source) && (all || !isExact(source)) && !isKey(text, end)) {
          result += `${text.slice(copied, at)}"${source}"`;
          copied = end;
        }
      }
      at = end - 1;
    }
  }
  return copied === 0 ? text : result + text.slice(copied);
}

const QUOTE = 34;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const COLON = 58;
const BRACKET_OPEN = 91;
const BACKSLASH = 92;
const BRACKET_CLOSE = 93;
const BRACE_OPEN = 123;
const BRACE_CLOSE = 125;
/** "e" and, with the bit of lower case set, "E". */
const EXPONENT = 101;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Position of the closing quote, -1 without one. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && text.charCodeAt(end - 1) === BACKSLASH) {
    let slashes = 1;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return end;
}

/** Position after the last character that can belong to a number. */
function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    // Digits, "+", "-" and "." lie together; the comma and the slash between them do not belong.
    if (!((code >= PLUS && code <= 57 && code !== COMMA && code !== 47) || (code | 32) === EXPONENT)) break;
  }
  return end;
}

function hasExponent(text: string, start: number, end: number): boolean {
  for (let at = start + 1; at < end; at += 1) if ((text.charCodeAt(at) | 32) === EXPONENT) return true;
  return false;
}

/** In valid JSON no number is followed by a colon; one that is must stay what makes the text invalid. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= 32) at += 1;
  return text.charCodeAt(at) === COLON;
}

function isExact(source: string): boolean {
  const printed = String(Number(source));
  return printed === source || canonical(printed) === canonical(source);
}

/** The value of a decimal in one spelling: significant digits without outer zeros, and the power of ten of the last of them. */
function canonical(decimal: string): string {
  const [mantissa = "", exponent = "0"] = decimal.toLowerCase().split("e");
  const isNegative = mantissa.startsWith("-");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${isNegative ? "-" : ""}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

function withoutPrototype(key: string, value: unknown): unknown {
  return key === "__proto__" ? undefined : value;
}

function looksLikeHtml(text: string): boolean {
  return /^\s*</.test(text);
}
