import { expect, test } from "vitest";
import { columnsOf } from "../../domain/bar.ts";
import { exampleBars, lastOf } from "../example-bars.ts";
import { adOsc } from "./adosc.ts";

test("it gives the numbers of TA-Lib", () => {
  const expected = [75684851.27937996, 86377099.60087329, 82372712.59423077];
  lastOf(adOsc().over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 5));
});

test("it gives the published table", () => {
  // Achelis, Technical Analysis from A to Z, page 99.
  const highs = [8.625, 8.875, 9.375, 10.125, 9.375, 10.125, 10, 9.75, 9.5, 9.625, 10, 9.75, 9.125, 9.25];
  const lows = [8.25, 8.375, 8.375, 8.75, 8.75, 9.25, 9.125, 9.375, 9, 8.875, 9.375, 8.75, 8.75, 9.125];
  const closes = [8.625, 8.375, 9.375, 8.75, 9.375, 9.875, 9.375, 9.625, 9.125, 9.25, 9.75, 8.875, 8.875, 9.125];
  const volumes = [19194, 10768, 20032, 55218, 13172, 22245, 15987, 9646, 10848, 14470, 14973, 15799, 16860, 6568];
  const columns = columnsOf(
    closes.map((close, row) => ({
      openTime: row,
      open: close,
      high: highs[row] as number,
      low: lows[row] as number,
      close,
      volume: volumes[row] as number,
    })),
  );
  const values = lastOf(adOsc({ fast: 3, slow: 10 }).over(columns).value, 5);
  expect(values.map((value) => value.toFixed(3))).toEqual(["-7539.927", "-5614.803", "-8087.032", "-10151.396", "-12162.872"]);
});

test("the averages are taken as they are named, also when the fast one is the slower", () => {
  const { value } = adOsc({ fast: 10, slow: 3 }).over(exampleBars);
  adOsc({ fast: 3, slow: 10 })
    .over(exampleBars)
    .value.forEach((other, row) => expect(value[row]).toBe(-other));
});
