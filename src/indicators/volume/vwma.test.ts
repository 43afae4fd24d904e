import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { vwma } from "./vwma.ts";

test("it gives the numbers of Tulip", () => {
  const expected = [215.25097066272224, 215.3821246262138, 215.61339316573748];
  lastOf(vwma(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("it gives Skender's number over 14 bars", () => {
  expect(vwma(14).over(exampleBars).value[23]).toBeCloseTo(215.19845094772774, 10);
});

test("without any volume all bars weigh the same", () => {
  const line = vwma(2);
  line.next(1, 1e15);
  line.next(2, 0);
  line.next(4, 0);
  expect(line.value).toBe(3);
});
