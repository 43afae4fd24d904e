import { expect, test } from "vitest";
import { vhf } from "./vhf.ts";

test("it gives the numbers of Achelis' book", () => {
  const line = vhf(5);
  const values = [44.3125, 44.125, 45.0625, 44.8125, 44.8125, 45.25, 46.125, 47.375, 49].map((close) => {
    line.next(close);
    return line.value;
  });
  expect(values.slice(5).map((value) => value.toFixed(4))).toEqual(["0.6207", "0.5250", "0.9111", "1.0000"]);
});
