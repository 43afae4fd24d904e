import { expect, test } from "vitest";
import { htDcPhase } from "./ht-dcphase.ts";

test("it gives TA-Lib's numbers", () => {
  const line = htDcPhase();
  const values = Array.from({ length: 160 }, (_, row) => {
    line.next(100 + ((row * row) % 23));
    return line.value;
  });
  expect(values[62]).toBeNaN();
  expect(values[63]).toBeCloseTo(214.08456816864822, 9);
  expect(values[100]).toBeCloseTo(115.5309906717903, 9);
  expect(values[159]).toBeCloseTo(226.60312523609258, 9);
});

test("it turns once in every cycle", () => {
  const line = htDcPhase();
  let turns = 0;
  for (let row = 0; row < 264; row += 1) {
    const before = line.value;
    line.next(100 + 10 * Math.sin((2 * Math.PI * row) / 20));
    if (line.value < before) turns += 1;
  }
  expect(turns).toBe(10);
});
