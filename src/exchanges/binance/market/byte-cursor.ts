/**
 * A place in a message's bytes and the few values that are read there. Every read either moves behind the value or, with -1 or false, says
 * that it is not spelled as expected; where the place is after that means nothing.
 */
export class ByteCursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;

  byte(expected: number): boolean {
    if (this.bytes[this.at] !== expected) return false;
    this.at += 1;
    return true;
  }

  /** The byte after a value. */
  separator(): number {
    const byte = this.bytes[this.at] as number;
    this.at += 1;
    return byte;
  }

  /** A key of one or two characters and its colon as a number; -1 for any other. */
  key(): number {
    const { bytes, at } = this;
    const first = bytes[at + 1] as number;
    if (bytes[at] !== QUOTE || !isLetter(first)) return -1;
    const second = bytes[at + 2] as number;
    if (second === QUOTE) {
      if (bytes[at + 3] !== COLON) return -1;
      this.at = at + 4;
      return first;
    }
    if (!isLetter(second) || bytes[at + 3] !== QUOTE || bytes[at + 4] !== COLON) return -1;
    this.at = at + 5;
    return (first << 8) | second;
  }

  /** A whole number of at most 15 digits; -1 for anything else. */
  whole(): number {
    const { bytes } = this;
    const start = this.at;
    let at = start;
    let value = 0;
    let digit = (bytes[at] as number) - ZERO;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      at += 1;
      digit = (bytes[at] as number) - ZERO;
    }
    const length = at - start;
    if (length === 0 || length > 15 || (length > 1 && bytes[start] === ZERO)) return -1;
    this.at = at;
    return value;
  }

  /** A quoted decimal as the nearest double; -1 for what is no plain decimal or has more digits than a double holds. */
  decimal(): number {
    const { bytes } = this;
    let at = this.at;
    if (bytes[at] !== QUOTE) return -1;
    at += 1;
    const start = at;
    let units = 0;
    let decimals = 0;
    let digit = (bytes[at] as number) - ZERO;
    while (digit >= 0 && digit <= 9) {
      units = units * 10 + digit;
      at += 1;
      digit = (bytes[at] as number) - ZERO;
    }
    if (at === start) return -1;
    if (digit === POINT) {
      at += 1;
      const point = at;
      digit = (bytes[at] as number) - ZERO;
      while (digit >= 0 && digit <= 9) {
        units = units * 10 + digit;
        at += 1;
        digit = (bytes[at] as number) - ZERO;
      }
      decimals = at - point;
      if (decimals === 0) return -1;
    }
    if (bytes[at] !== QUOTE || units > Number.MAX_SAFE_INTEGER || decimals >= POWERS.length) return -1;
    this.at = at + 1;
    // Both are exact, so the one rounding of the division gives the nearest double.
    return units / (POWERS[decimals] as number);
  }

  /** A quoted decimal as whole steps; -1 for what is no plain decimal, lies between two steps or is out of range. */
  steps(decimals: number, unitsOfStep: number): number {
    const { bytes } = this;
    let at = this.at;
    if (bytes[at] !== QUOTE) return -1;
    at += 1;
    const start = at;
    let units = 0;
    let left = decimals;
    let digit = (bytes[at] as number) - ZERO;
    while (digit >= 0 && digit <= 9) {
      units = units * 10 + digit;
      at += 1;
      digit = (bytes[at] as number) - ZERO;
    }
    if (at === start) return -1;
    if (digit === POINT) {
      at += 1;
      const point = at;
      digit = (bytes[at] as number) - ZERO;
      while (left > 0 && digit >= 0 && digit <= 9) {
        units = units * 10 + digit;
        left -= 1;
        at += 1;
        digit = (bytes[at] as number) - ZERO;
      }
      while (digit === 0) {
        at += 1;
        digit = (bytes[at] as number) - ZERO;
      }
      if (at === point) return -1;
    }
    if (left > 0) units *= POWERS[left] as number;
    if (bytes[at] !== QUOTE || units > Number.MAX_SAFE_INTEGER) return -1;
    this.at = at + 1;
    if (unitsOfStep === 1) return units;
    const steps = units / unitsOfStep;
    return Number.isInteger(steps) ? steps : -1;
  }

  /** `true` is 1, `false` 0, anything else -1. */
  flag(): number {
    if (this.plain(TRUE)) return 1;
    return this.plain(FALSE) ? 0 : -1;
  }

  plain(expected: Uint8Array): boolean {
    const { bytes, at } = this;
    for (let index = 0; index < expected.length; index += 1) {
      if (bytes[at + index] !== expected[index]) return false;
    }
    this.at = at + expected.length;
    return true;
  }

  /** Exactly this text in quotes. */
  quoted(expected: Uint8Array): boolean {
    const after = this.at + expected.length + 1;
    if (this.bytes[this.at] !== QUOTE || this.bytes[after] !== QUOTE) return false;
    this.at += 1;
    if (!this.plain(expected)) return false;
    this.at = after + 1;
    return true;
  }

  /** Passes over a value that is of no interest: plain text, a whole number, true or false. */
  skip(): boolean {
    const { bytes } = this;
    if (bytes[this.at] !== QUOTE) return this.whole() >= 0 || this.flag() >= 0;
    let at = this.at + 1;
    while (isPlain(bytes[at] as number)) at += 1;
    this.at = at + 1;
    return bytes[at] === QUOTE;
  }
}

function isLetter(byte: number): boolean {
  const lower = byte | 32;
  return lower >= 97 && lower <= 122;
}

/** Printable ASCII without quote and backslash: it means itself. */
function isPlain(byte: number): boolean {
  return byte >= 32 && byte < 127 && byte !== QUOTE && byte !== BACKSLASH;
}

const encoder = new TextEncoder();
const TRUE = encoder.encode("true");
const FALSE = encoder.encode("false");

/** Powers of ten that are exact doubles. */
export const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

export const QUOTE = 34;
export const COMMA = 44;
const ZERO = 48;
/** The decimal point, counted from the digit zero. */
const POINT = 46 - ZERO;
const COLON = 58;
export const BRACKET_OPEN = 91;
const BACKSLASH = 92;
export const BRACKET_CLOSE = 93;
export const BRACE_OPEN = 123;
export const BRACE_CLOSE = 125;
