import { expect, test } from "vitest";
import { columnsOf } from "../../domain/bar.ts";
import { mult } from "./mult.ts";

const columns = columnsOf([{ openTime: 0, open: 3, high: 5, low: 2, close: 4, volume: 7 }]);

test("high and low are multiplied unless told otherwise", () => {
  expect(mult().over(columns).value[0]).toBe(10);
});

test("the traded value is close times volume", () => {
  expect(mult().of("close", "volume").over(columns).value[0]).toBe(28);
});

test("a product that no double can hold is NaN, not infinite", () => {
  const line = mult();
  line.next(1e200, 1e200);
  expect(line.value).toBeNaN();
});
