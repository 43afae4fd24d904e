import { expect, test } from "vitest";
import { exampleBars } from "../example-bars.ts";
import { elderRay } from "./elder-ray.ts";

test("it gives Skender's numbers", () => {
  const { bull, bear } = elderRay(13).over(exampleBars);
  expect(bull[11]).toBeNaN();
  expect(bull[12]).toBeCloseTo(0.75, 10);
  expect(bear[12]).toBeCloseTo(-0.51, 10);
});

test("bulls and bears differ by the bar's range", () => {
  const { bull, bear } = elderRay(13).over(exampleBars);
  expect((bull[20] as number) - (bear[20] as number)).toBeCloseTo((exampleBars.high[20] as number) - (exampleBars.low[20] as number), 10);
});
