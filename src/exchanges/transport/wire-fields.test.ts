import { describe, expect, test } from "vitest";
import { DataError } from "../../base/errors.ts";
import { parseJson } from "./lossless-json.ts";
import { fieldsOf, fieldsOfEach } from "./wire-fields.ts";

/** An answer to POST /api/v3/order of Binance spot, shortened, with an id beyond 2^53. */
const ORDER = `{"symbol":"BTCUSDT","orderId":8389765489680951453,"price":"64000.10","time":1712000000000,"isWorking":true,
  "fills":[{"price":"4000.00000000","tradeId":56}],"selfTrade":{"mode":"NONE"},"comment":null}`;

describe("the fields of a message", () => {
  const order = fieldsOf(parseJson(ORDER), "POST /api/v3/order");

  test("are read as what they are meant to be, whether sent as number or as text", () => {
    expect(order.text("orderId")).toBe("8389765489680951453");
    expect(order.number("price")).toBe(64000.1);
    expect(order.number("time")).toBe(1712000000000);
    expect(order.text("time")).toBe("1712000000000");
    expect(order.flag("isWorking")).toBe(true);
    expect(order.fields("selfTrade").text("mode")).toBe("NONE");
    expect(order.fieldsOfEach("fills").map((fill) => fill.number("price"))).toEqual([4000]);
  });

  test("that may be missing are undefined when absent or null", () => {
    expect(order.maybeText("comment")).toBeUndefined();
    expect(order.maybeNumber("stopPrice")).toBeUndefined();
    expect(order.maybeFlag("isIsolated")).toBeUndefined();
    expect(order.maybeList("legs")).toBeUndefined();
    expect(order.maybeFields("selfTrade")?.has("mode")).toBe(true);
  });

  test("that are missing or of another kind are named with their message, their value is not shown", () => {
    expect(() => order.text("side")).toThrow('POST /api/v3/order, field "side": expected text, got nothing');
    expect(() => order.number("symbol")).toThrow('field "symbol": expected a number, got a text');
    expect(() => order.list("selfTrade")).toThrow('field "selfTrade": expected a list, got an object');
    expect(() => order.flag("price")).toThrow("expected true or false");
    expect(() => order.fieldsOfEach("fills")[0]?.text("qty")).toThrow(
      'POST /api/v3/order, field "fills"[0], field "qty": expected text, got nothing',
    );
    expect(() => fieldsOf([], "GET /time")).toThrow(new DataError("GET /time: expected an object, got a list"));
    expect(() => fieldsOfEach(null, "GET /time")).toThrow("GET /time: expected a list, got null");
  });

  test("are never found on the prototype", () => {
    expect(() => order.text("constructor")).toThrow(DataError);
    expect(order.has("toString")).toBe(false);
  });

  test("are no numbers when they are empty, words, hexadecimal or infinite", () => {
    for (const value of ["", " ", "NaN", "Infinity", "0x10", "1e400", "1,5", "1_000", " 1", null, true]) {
      expect(() => fieldsOf({ value }, "a message").number("value")).toThrow("expected a number");
    }
    for (const [value, number] of [
      ["1.", 1],
      [".5", 0.5],
      ["-0.10", -0.1],
      ["+1e-7", 1e-7],
    ] as const) {
      expect(fieldsOf({ value }, "a message").number("value")).toBe(number);
    }
  });
});
