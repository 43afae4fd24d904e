import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { marketFacilitation } from "./market-facilitation.ts";

test("it gives the numbers of Tulip", () => {
  const expected = [1.641110729782693e-8, 1.2078734775282541e-8, 1.2097593180567256e-8];
  lastOf(marketFacilitation().over(exampleBars).value, 3).forEach((value, index) =>
    expect(value).toBeCloseTo(expected[index] as number, 20),
  );
});

test("a bar without volume facilitates nothing", () => {
  const line = marketFacilitation();
  line.update({ openTime: 0, open: 2, high: 3, low: 1, close: 2, volume: 0 });
  expect(line.value).toBe(0);
});
