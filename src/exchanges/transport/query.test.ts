import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildQuery, percentEncode } from "./query.ts";

describe("a query", () => {
  test("keeps the order of its parameters and leaves out what is undefined", () => {
    const query = buildQuery({
      symbol: "LTCBTC",
      side: "BUY",
      price: undefined,
      recvWindow: 5000,
      timestamp: 1499827319559,
      newOrder: true,
    });
    expect(query).toBe("symbol=LTCBTC&side=BUY&recvWindow=5000&timestamp=1499827319559&newOrder=true");
  });

  test("may name a parameter twice when given as a list", () => {
    expect(
      buildQuery([
        ["id", "1"],
        ["id", "2"],
      ]),
    ).toBe("id=1&id=2");
  });

  test("encodes the reserved characters of RFC 3986, section 2.2, and none of the unreserved of section 2.3", () => {
    expect(percentEncode(":/?#[]@!$&'()*+,;= %")).toBe("%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%20%25");
    expect(percentEncode("AZaz09-._~")).toBe("AZaz09-._~");
  });

  // Symbols of Binance may hold Chinese characters.
  test("encodes what is not ASCII as the bytes of UTF-8", () => {
    expect(buildQuery({ symbol: "币安人生USDT" })).toBe("symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT");
  });

  test("refuses a number that would be written with an exponent", () => {
    expect(() => buildQuery({ quantity: 1e-7 })).toThrow("parameter quantity: 1e-7 has to be given as decimal text");
    expect(() => buildQuery({ quantity: NaN })).toThrow("decimal text");
  });

  test("is read back by the platform's own parser", () => {
    const word = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word)), (pairs) => {
        expect([...new URLSearchParams(buildQuery(pairs)).entries()]).toEqual(pairs);
      }),
    );
  });
});
