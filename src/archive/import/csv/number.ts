const ZERO = 48;
const NINE = 57;
const POINT = 46;
const MINUS = 45;
const PLUS = 43;
const SPACE = 32;
const QUOTE = 34;
const EXACT_MAX = 2 ** 53;
const EXACT_DECIMALS = 22;
const POWERS = Float64Array.from({ length: EXACT_DECIMALS + 1 }, (_, exponent) => Number(`1e${exponent}`));

/** What a number in a field may look like; anything else is text. */
export const NUMBER_PATTERN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads numbers out of bytes without making texts. The result is the double that `Number` gives for the same digits: up to
 * 2^53 the digits are a whole number that is exact, and dividing two exact numbers rounds once, as reading does. Whatever
 * is longer, has an exponent or looks odd goes through `Number` itself.
 */
export class NumberScanner {
  readonly bytes: Buffer;
  /** The byte behind the field that was read last. */
  end = 0;
  /** Digits after the point of the field that was read last, zeros at its end included. */
  decimals = 0;
  readonly #delimiter: number;

  constructor(bytes: Uint8Array, delimiter: number) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#delimiter = delimiter;
  }

  /** The number of the field that begins at `start`, or NaN when the field is none. */
  scan(start: number): number {
    const { bytes } = this;
    const delimiter = this.#delimiter;
    let at = start;
    let digits = 0;
    let count = 0;
    let point = -1;
    const isNegative = bytes[at] === MINUS;
    if (isNegative) at += 1;
    for (; ; at += 1) {
      const byte = bytes[at];
      if (byte === undefined || byte === delimiter || byte < SPACE) break;
      if (byte >= ZERO && byte <= NINE) {
        digits = digits * 10 + (byte - ZERO);
        count += 1;
      } else if (byte === POINT && point < 0) point = count;
      else return this.#scanOdd(start);
    }
    this.end = at;
    this.decimals = point < 0 ? 0 : count - point;
    if (count === 0 || digits > EXACT_MAX || this.decimals > EXACT_DECIMALS) return this.#scanOdd(start);
    const value = this.decimals === 0 ? digits : digits / (POWERS[this.decimals] as number);
    return isNegative ? -value : value;
  }

  /** The text of the field that begins at `start`, without quotes and spaces around it. */
  text(start: number): string {
    const { bytes } = this;
    let at = start;
    while (bytes[at] === SPACE) at += 1;
    if (bytes[at] === QUOTE) {
      const close = bytes.indexOf(QUOTE, at + 1);
      if (close >= 0) {
        this.end = this.endOfField(close + 1);
        return bytes.toString("utf8", at + 1, close);
      }
    }
    this.end = this.endOfField(at);
    return bytes.toString("utf8", at, this.end).trim();
  }

  /** Where the field that begins at `start` ends: at a delimiter, at the end of the line or of the bytes. */
  endOfField(start: number): number {
    const { bytes } = this;
    const delimiter = this.#delimiter;
    let at = start;
    if (bytes[at] === QUOTE) at = Math.max(at, bytes.indexOf(QUOTE, at + 1));
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (byte === delimiter || byte === 10 || byte === 13) break;
    }
    return at;
  }

  #scanOdd(start: number): number {
    const text = this.text(start);
    if (!NUMBER_PATTERN.test(text)) return NaN;
    const point = text.indexOf(".");
    const exponent = text.search(/[eE]/);
    this.decimals = point < 0 ? 0 : (exponent < 0 ? text.length : exponent) - point - 1;
    return Number(text.charCodeAt(0) === PLUS ? text.slice(1) : text);
  }
}
