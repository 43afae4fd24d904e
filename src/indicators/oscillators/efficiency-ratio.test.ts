import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { efficiencyRatio } from "./efficiency-ratio.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const line = efficiencyRatio(10).over(quotes).value;
  expect(line[10]).toBeCloseTo(0.2465277777777748, 9);
  expect(line[60]).toBeCloseTo(0.15235457063711716, 9);
  expect(line[149]).toBeCloseTo(0.3164556962025291, 9);
});
