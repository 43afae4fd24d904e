import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { nvi } from "./nvi.ts";

test("it gives the numbers of Tulip", () => {
  const expected = [1007.8490691617591, 1007.8490691617591, 1006.0349687465051];
  lastOf(nvi().over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 9));
});

test("it gives the published table", () => {
  // Achelis, Technical Analysis from A to Z, page 216.
  const closes = [6.5313, 6.5625, 6.4688, 6.4375, 6.2188, 6.25, 6.125, 6.1563];
  const volumes = [10500, 6492, 6540, 8924, 5416, 4588, 16236, 2864];
  const line = nvi();
  const values = closes.map((close, row) => {
    line.next(close, volumes[row] as number);
    return line.value.toFixed(4);
  });
  expect(values).toEqual(["1000.0000", "1004.7770", "1004.7770", "1004.7770", "970.6419", "975.5116", "975.5116", "980.4967"]);
});

test("it moves on bars with less volume only, and not after a price of zero", () => {
  const line = nvi({ start: 100 });
  const volumes = [10, 20, 5, 1];
  const values = [1, 2, 0, 4].map((close, row) => {
    line.next(close, volumes[row] as number);
    return line.value;
  });
  expect(values).toEqual([100, 100, 0, 0]);
});
