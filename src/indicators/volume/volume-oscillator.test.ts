import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { volumeOscillator } from "./volume-oscillator.ts";

test("it gives the numbers of Tulip", () => {
  const expected = [2.1514813965429473, -2.4430339473174514, -4.7178122074902555];
  lastOf(volumeOscillator({ fast: 2, slow: 5 }).over(exampleBars).value, 3).forEach((value, index) =>
    expect(value).toBeCloseTo(expected[index] as number, 10),
  );
});

test("without any volume it is 0", () => {
  const line = volumeOscillator({ fast: 1, slow: 2 });
  for (const volume of [1e15, 0, 0]) line.update({ openTime: 0, open: 1, high: 1, low: 1, close: 1, volume });
  expect(line.value).toBe(0);
});
