import { expect, test } from "vitest";
import { moneyFlowVolume } from "./money-flow.ts";

test("it gives cinar's numbers", () => {
  expect(moneyFlowVolume(318.600006, 308.700012, 318.600006, 7919700)).toBe(7919700);
  expect(moneyFlowVolume(319.559998, 313.299988, 315.839996, 4351600)).toBeCloseTo(-820264.17, 2);
});

test("a close in the middle or a bar without range gives nothing", () => {
  expect(moneyFlowVolume(3, 1, 2, 100)).toBe(0);
  expect(moneyFlowVolume(2, 2, 2, 100)).toBe(0);
});
