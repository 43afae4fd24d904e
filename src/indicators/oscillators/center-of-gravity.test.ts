import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { centerOfGravity } from "./center-of-gravity.ts";

test("it gives the numbers of pandas-ta", () => {
  const line = centerOfGravity(10).over(quotes).value;
  expect(line[9]).toBeCloseTo(-5.497191772500865, 9);
  expect(line[60]).toBeCloseTo(-5.5019997489104515, 9);
  expect(line[149]).toBeCloseTo(-5.499011757121286, 9);
});
