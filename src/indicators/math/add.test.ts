import { expect, test } from "vitest";
import { columnsOf } from "../../domain/bar.ts";
import { add } from "./add.ts";

const columns = columnsOf([{ openTime: 0, open: 3, high: 5, low: 2, close: 4, volume: 7 }]);

test("high and low are added unless told otherwise", () => {
  expect(add().over(columns).value[0]).toBe(7);
});

test("any two series can be added", () => {
  expect(add().of("close", "volume").over(columns).value[0]).toBe(11);
});
