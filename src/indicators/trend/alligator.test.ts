import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { alligator } from "./alligator.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { jaw, teeth, lips } = alligator().over(quotes);
  expect(jaw[60]).toBeCloseTo(223.0183717323773, 9);
  expect(jaw[149]).toBeCloseTo(233.06371504518816, 9);
  expect(teeth[60]).toBeCloseTo(223.63892698263106, 9);
  expect(teeth[149]).toBeCloseTo(234.45066974540777, 9);
  expect(lips[60]).toBeCloseTo(222.82605979283912, 9);
  expect(lips[149]).toBeCloseTo(235.2426983704535, 9);
});

test("a line drawn ahead has nothing to do with later bars: a jump shows in it only after its shift", () => {
  const line = alligator({ jaw: 1, jawShift: 3, teeth: 1, teethShift: 2, lips: 1, lipsShift: 1 });
  const lips = [1, 1, 1, 1, 9, 9, 9, 9].map((price) => {
    line.update({ openTime: 0, open: price, high: price, low: price, close: price, volume: 1 });
    return [line.lips, line.teeth, line.jaw];
  });
  expect(lips.slice(4)).toEqual([
    [1, 1, 1],
    [9, 1, 1],
    [9, 9, 1],
    [9, 9, 9],
  ]);
});
