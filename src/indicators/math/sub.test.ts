import { expect, test } from "vitest";
import { columnsOf } from "../../domain/bar.ts";
import { sub } from "./sub.ts";

const columns = columnsOf([{ openTime: 0, open: 3, high: 5, low: 2, close: 4, volume: 7 }]);

test("the low is taken from the high unless told otherwise", () => {
  expect(sub().over(columns).value[0]).toBe(3);
});

test("the second series is taken from the first", () => {
  expect(sub().of("close", "volume").over(columns).value[0]).toBe(-3);
});
