import { expect, test } from "vitest";
import { sampleBars } from "../sample-bars.ts";
import { mfi } from "./mfi.ts";

const columns = sampleBars("walk", 160, 7);

test("it gives TA-Lib's numbers", () => {
  const { value } = mfi(10).over(columns);
  expect(value.findIndex(Number.isFinite)).toBe(10);
  expect(value[10]).toBeCloseTo(84.80231802760083, 9);
  expect(value[85]).toBeCloseTo(33.53066763972786, 9);
  expect(value[159]).toBeCloseTo(54.64974377248836, 9);
});

test("a window without volume gives 0", () => {
  expect(mfi(5).over({ ...columns, volume: new Float64Array(160) }).value[159]).toBe(0);
});

test("small money flows count when the limit is lifted", () => {
  const small = { ...columns, volume: columns.volume.map((volume) => volume * 2 ** -30) };
  expect(mfi(10).over(small).value[159]).toBe(0);
  expect(mfi(10, { minimumFlow: 0 }).over(small).value[159]).toBe(mfi(10).over(columns).value[159]);
});
