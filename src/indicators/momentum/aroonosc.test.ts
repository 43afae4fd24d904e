import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { aroon } from "./aroon.ts";
import { aroonOsc } from "./aroonosc.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { value } = aroonOsc(10).over(columns);
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(80, 9);
  expect(value[85]).toBeCloseTo(-60, 9);
  expect(value[159]).toBeCloseTo(-90, 9);
});

test("it is the difference of Aroon's lines", () => {
  const { up, down } = aroon(25).over(columns);
  expect(aroonOsc(25).over(columns).value[159]).toBeCloseTo((up[159] as number) - (down[159] as number), 9);
});
