import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NUMBER_PATTERN, NumberScanner } from "./number.ts";

const COMMA = 44;
const digits = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength }).map((list) => list.join(""));
const decimal = fc
  .tuple(
    fc.constantFrom("", "-", "+"),
    digits(19),
    fc.option(digits(20), { nil: undefined }),
    fc.constantFrom("", "e5", "E-12", "e+3", "e-320"),
  )
  .map(([sign, whole, fraction, exponent]) => `${sign}${whole}${fraction === undefined ? "" : `.${fraction}`}${exponent}`);

function scan(text: string): number {
  return new NumberScanner(Buffer.from(`${text},9`), COMMA).scan(0);
}

describe("the number scanner", () => {
  it("gives the double that Number gives, for every way to write a decimal", () => {
    fc.assert(
      fc.property(decimal, (text) => {
        expect(scan(text)).toBe(Number(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it("gives back every double from its shortest text", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(scan(String(value))).toBe(Number(String(value)));
      }),
      { numRuns: 5_000 },
    );
  });

  it("takes a text for a number exactly when the pattern does", () => {
    const letters = fc.constantFrom(..."0123456789.-+eE NaxX_,".split(""));
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 8 }).map((list) => list.join("").replaceAll(",", "")),
        (text) => {
          expect(Number.isNaN(scan(text))).toBe(!NUMBER_PATTERN.test(text.trim()));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("ends behind the field it has read, quoted or not", () => {
    for (const field of ["1.5", '"1.5"', " 1.5 ", "1.5e0", "x"]) {
      const scanner = new NumberScanner(Buffer.from(`${field},7\n`), COMMA);
      scanner.scan(0);
      expect(scanner.end).toBe(field.length);
    }
  });
});
