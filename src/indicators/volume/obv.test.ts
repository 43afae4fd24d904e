import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { obv } from "./obv.ts";

test("it gives the numbers of TA-Lib", () => {
  const expected = [228763172.0, 314037004.0, 252867812.0];
  lastOf(obv().over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 5));
});

test("it gives the published table, but for the volume it starts from", () => {
  // Achelis, Technical Analysis from A to Z, page 231, whose line starts from 0.
  const closes = [20.5625, 20.375, 20.0625, 19.5, 19.8125, 19.8125, 20.0625, 20.0625, 20.375, 20.75];
  const volumes = [27802, 16178, 22766, 46074, 22904, 20428, 29260, 30652, 38332, 40054];
  const line = obv();
  const values = closes.map((close, row) => {
    line.next(close, volumes[row] as number);
    return line.value - 27802;
  });
  expect(values).toEqual([0, -16178, -38944, -85018, -62114, -62114, -32854, -32854, 5478, 45532]);
});

test("any price can decide which way the volume goes", () => {
  expect(obv().of("high", "volume").over(exampleBars).value.at(-1)).not.toBe(obv().over(exampleBars).value.at(-1));
});
