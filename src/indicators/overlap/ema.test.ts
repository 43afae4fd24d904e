import { expect, test } from "vitest";
import { ema, type Ema } from "./ema.ts";

// StockCharts' ChartSchool works the 10-day average of these closes of Intel by hand.
const closes = [22.27, 22.19, 22.08, 22.17, 22.18, 22.13, 22.23, 22.43, 22.24, 22.29, 22.15, 22.39, 22.38, 22.61, 23.36];

test("it starts from the simple average and then moves by its weight", () => {
  const values = run(ema(10));
  expect(values.slice(0, 9)).toEqual(Array<number>(9).fill(NaN));
  expect(values.slice(9).map((value) => value.toFixed(2))).toEqual(["22.22", "22.21", "22.24", "22.27", "22.33", "22.52"]);
});

test("seeded with the first number it still gives nothing before the warm-up", () => {
  const line = ema(3, { seed: "first" });
  // 22.27, then (22.19 − 22.27) / 2 + 22.27 = 22.23, then (22.08 − 22.23) / 2 + 22.23 = 22.155.
  expect(run(line)[1]).toBeNaN();
  expect(run(ema(3, { seed: "first" }))[2]).toBeCloseTo(22.155, 12);
});

function run(line: Ema): number[] {
  return closes.map((close) => {
    line.next(close);
    return line.value;
  });
}
