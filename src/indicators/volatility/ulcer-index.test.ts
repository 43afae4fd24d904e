import { expect, test } from "vitest";
import { exampleBars } from "../example-bars.ts";
import { ulcerIndex } from "./ulcer-index.ts";

test("it gives Skender's numbers over 14 bars", () => {
  const { value } = ulcerIndex(14).over(exampleBars);
  expect(value[12]).toBeNaN();
  expect(value[13]).toBeCloseTo(0.28442010394064654, 12);
  expect(value[23]).toBeCloseTo(0.483696259173135, 12);
});

test("a price that only rises has no ulcer", () => {
  const line = ulcerIndex(5);
  for (let step = 1; step < 20; step += 1) line.next(step);
  expect(line.value).toBe(0);
});

test("half of the window at half its high gives 100 · √(0.25 / 2)", () => {
  const line = ulcerIndex(2);
  line.next(10);
  line.next(5);
  expect(line.value).toBeCloseTo(100 * Math.sqrt(0.125), 12);
});
