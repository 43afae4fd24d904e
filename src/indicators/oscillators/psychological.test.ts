import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { psychological } from "./psychological.ts";

test("it gives the numbers of pandas-ta", () => {
  const line = psychological(12).over(quotes).value;
  expect(line[12]).toBeCloseTo(50, 9);
  expect(line[60]).toBeCloseTo(41.666666666666664, 9);
  expect(line[149]).toBeCloseTo(50, 9);
});
