import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { forceIndex } from "./force-index.ts";

test("it gives the numbers of pandas-ta", () => {
  const expected = [-686836.4104450569, 41610532.84636967, 19788360.270913392];
  lastOf(forceIndex(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 5));
});

test("it gives Skender's number for the first bar it has one for", () => {
  const { value } = forceIndex(13).over(exampleBars);
  expect(value[12]).toBeNaN();
  expect(value[13]).toBeCloseTo(10668240.778, 3);
});

test("over one bar it is the move times the volume", () => {
  const line = forceIndex(1);
  line.next(10, 100);
  line.next(12, 50);
  expect(line.value).toBe(100);
});
