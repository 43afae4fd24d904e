import { expect, test } from "vitest";
import { derivativeOscillator } from "./derivative-oscillator.ts";

const closes = [
  63.932476016, 64.18857365, 63.453113778, 63.348048082, 62.894952268, 60.721405682, 61.765496036, 62.527222332, 62.914652086, 62.343357364,
  63.190449538, 64.3527388, 63.801143896, 63.23641578, 62.816152996, 62.87525245, 63.6960782, 64.273939528, 64.84523425, 64.556303586,
  65.83022515, 66.119155814, 66.053489754, 65.915591028, 66.506585568, 66.414653084, 67.01221423, 67.064747078, 67.412777196, 67.084446896,
  67.202645804, 67.905272646, 67.6360418, 68.003771736, 68.2927024,
];

test("it gives the numbers of LEAN", () => {
  const line = derivativeOscillator();
  const values = closes.map((close) => {
    line.next(close);
    return line.value;
  });
  expect(values[27]).toBeNaN();
  expect(values[28]).toBeCloseTo(5.085946977438411, 9);
  expect(values[34]).toBeCloseTo(2.3705129153748246, 9);
});
