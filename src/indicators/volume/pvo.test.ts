import { expect, test } from "vitest";
import { exampleBars } from "../example-bars.ts";
import { pvo } from "./pvo.ts";

test("it is the percentage of one average above the other", () => {
  const line = pvo({ fast: 1, slow: 2, signal: 1 });
  for (const volume of [100, 300]) line.update({ openTime: 0, open: 1, high: 1, low: 1, close: 1, volume });
  expect(line.pvo).toBe(50);
  expect(line.signal).toBe(50);
  expect(line.histogram).toBe(0);
});

test("the signal is the exponential average of the oscillator and the histogram what is left", () => {
  const wide = pvo({ fast: 3, slow: 6, signal: 3 }).over(exampleBars);
  wide.pvo.forEach((value, row) => {
    const before = wide.signal[row - 1] ?? NaN;
    if (!Number.isNaN(before)) expect(wide.signal[row]).toBeCloseTo((before + value) / 2, 10);
    if (row >= 7) expect(wide.histogram[row]).toBe(value - (wide.signal[row] as number));
  });
});

test("without any volume it is 0", () => {
  const line = pvo({ fast: 1, slow: 2, signal: 1 });
  for (let row = 0; row < 3; row += 1) line.update({ openTime: row, open: 1, high: 1, low: 1, close: 1, volume: 0 });
  expect(line.pvo).toBe(0);
});
