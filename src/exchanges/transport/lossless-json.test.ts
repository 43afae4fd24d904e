/**
 * Properties, against JSON.parse and BigInt:
 * - What has only safe numbers is parsed exactly as JSON.parse does; what JSON.parse refuses is refused.
 * - A whole number of any size comes back with all its digits.
 * - With `numbersAsText` every number is its source text and nothing else changes.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataError } from "../../base/errors.ts";
import { parseJson } from "./lossless-json.ts";

describe("numbers", () => {
  test("an order id beyond 2^53 keeps its digits, a small one stays a number", () => {
    // The id of github.com/binance/binance-connector-node issues 539 and 662, which JSON.parse turns into 8389765489680951000.
    expect(parseJson('{"orderId":8389765489680951453,"tradeId":28457,"list":[9007199254740993,-9007199254740993]}')).toEqual({
      orderId: "8389765489680951453",
      tradeId: 28457,
      list: ["9007199254740993", "-9007199254740993"],
    });
  });

  test("a whole number with sixteen digits that a double holds stays a number, as a moment in microseconds", () => {
    expect(parseJson("[1712000000000123,9007199254740992]")).toEqual([1712000000000123, 9007199254740992]);
  });

  test("a decimal that a double cannot tell from its neighbour comes as text, trailing zeros make no difference", () => {
    expect(parseJson('{"a":0.12345678901234567890,"b":64000.100000000000000,"c":1234567.12345678}')).toEqual({
      a: "0.12345678901234567890",
      b: 64000.1,
      c: 1234567.12345678,
    });
  });

  test("a number beyond the range of a double comes as text instead of Infinity or zero", () => {
    expect(parseJson("[1e400,-1E400,1e-400,1e5,1.5E+3,0e0]")).toEqual(["1e400", "-1E400", "1e-400", 100000, 1500, 0]);
  });

  test("digits inside strings and keys stay what they are", () => {
    const text = String.raw`{"8389765489680951453":"8389765489680951453","a\"":"\\","b":"\\\" 8389765489680951453"}`;
    for (const one of [text, String.raw`["\" 8389765489680951453"]`, String.raw`["\\","\\\" 8389765489680951453",1]`]) {
      expect(parseJson(one)).toEqual(JSON.parse(one));
    }
  });

  test("all of them are handed out as text where that is asked for", () => {
    expect(parseJson('{"p":64000.10,"q":[0,-1.50,1e5],"s":"1","n":null}', { numbersAsText: true })).toEqual({
      p: "64000.10",
      q: ["0", "-1.50", "1e5"],
      s: "1",
      n: null,
    });
  });

  test("a number where a key belongs does not make the text valid", () => {
    expect(() => parseJson("{8389765489680951453 :1}")).toThrow(DataError);
    expect(() => parseJson("{1:1}", { numbersAsText: true })).toThrow(DataError);
    expect(() => parseJson("[01234567890123456789]")).toThrow(DataError);
  });
});

describe("a hostile text", () => {
  test("cannot reach the prototype, however the key is spelled", () => {
    for (const key of ["__proto__", String.raw`\u005f_proto__`, String.raw`__pr\u006Fto__`]) {
      const parsed = parseJson(`{"a":{"${key}":{"isAdmin":true}},"b":1}`) as { readonly a: object };
      expect(Object.keys(parsed.a)).toEqual([]);
      expect(Object.getPrototypeOf(parsed.a)).toBe(Object.prototype);
      // Assigning is what runs the setter of the prototype.
      const copy: object = Object.assign(Object.create(Object.prototype) as object, parsed.a);
      expect(copy).not.toHaveProperty("isAdmin");
    }
  });

  test("nested too deep is refused before it is parsed", () => {
    expect(parseJson("[".repeat(64) + "]".repeat(64))).toBeInstanceOf(Array);
    expect(() => parseJson("[".repeat(65) + "]".repeat(65))).toThrow("nested deeper than 64 levels");
    expect(() => parseJson('{"a":'.repeat(1_000_000), { where: "GET /time" })).toThrow("GET /time: nested deeper than 64 levels");
    expect(() => parseJson("[[1]]", { depthMax: 1 })).toThrow(DataError);
    expect(parseJson(`[${"[],".repeat(1000)}[]]`)).toHaveLength(1001);
  });

  test("that is an HTML page is told as one, and nothing of it is repeated", () => {
    const read = (): unknown => parseJson("<html>token=s3cret</html>", { where: "GET /time" });
    expect(read).toThrow("GET /time: 25 characters that are not JSON, but an HTML page");
    expect(() => parseJson('{"listenKey":s3cret}')).toThrow(/^a message: 20 characters that are not JSON$/);
    expect(() => parseJson("")).toThrow(DataError);
    expect(() => parseJson('{"a":"b')).toThrow(DataError);
  });
});

describe("any text", () => {
  const safe = fc.jsonValue({ stringUnit: "binary" }).map((value) => JSON.stringify(value));

  test("with safe numbers is parsed as JSON.parse does", () => {
    fc.assert(
      fc.property(safe, fc.constantFrom(undefined, 1, "\t"), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), undefined, indent);
        fc.pre(!spaced.includes("__proto__"));
        expect(parseJson(spaced, { depthMax: 1000 })).toEqual(JSON.parse(spaced));
      }),
      { numRuns: 2000 },
    );
  });

  test("is refused when JSON.parse refuses it, and only then", () => {
    const mutated = fc.tuple(
      safe,
      fc.nat(),
      fc.constantFrom("", '"', "\\", "{", "]", ",", ":", "-", "1e5", "8389765489680951453", "\u0000", " "),
    );
    fc.assert(
      fc.property(mutated, fc.boolean(), ([text, at, insert], numbersAsText) => {
        const position = at % (text.length + 1);
        const broken = text.slice(0, position) + insert + text.slice(position + (insert === "" ? 1 : 0));
        const isJson = succeeds(() => JSON.parse(broken));
        expect(succeeds(() => parseJson(broken, { depthMax: 1000, numbersAsText }))).toBe(isJson);
      }),
      { numRuns: 5000 },
    );
  });

  test("keeps every digit of whole numbers", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n })), (numbers) => {
        expect((parseJson(`[${numbers.join(" , ")}]`) as (number | string)[]).map(BigInt)).toEqual(numbers);
      }),
    );
  });

  test("keeps every number's source where that is asked for", () => {
    const source = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/);
    fc.assert(
      fc.property(fc.array(source), (numbers) => {
        expect(parseJson(`{"a":[${numbers.join(",")}]}`, { numbersAsText: true })).toEqual({ a: numbers });
      }),
    );
  });
});

function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (!(error instanceof DataError || error instanceof SyntaxError)) throw error;
    return false;
  }
}
