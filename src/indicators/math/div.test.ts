import { expect, test } from "vitest";
import { columnsOf } from "../../domain/bar.ts";
import { div } from "./div.ts";

const columns = columnsOf([{ openTime: 0, open: 3, high: 5, low: 2, close: 4, volume: 8 }]);

test("the high is divided by the low unless told otherwise", () => {
  expect(div().over(columns).value[0]).toBe(2.5);
});

test("the first series is divided by the second", () => {
  expect(div().of("close", "volume").over(columns).value[0]).toBe(0.5);
});

test("division by zero is NaN, not infinite", () => {
  const line = div();
  line.next(1, 0);
  expect(line.value).toBeNaN();
  line.next(0, 0);
  expect(line.value).toBeNaN();
});
