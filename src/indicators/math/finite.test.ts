import { expect, test } from "vitest";
import { finite } from "./finite.ts";

test("numbers stay, infinities and NaN become NaN", () => {
  expect([0, -1.5, 1e308].map(finite)).toEqual([0, -1.5, 1e308]);
  expect([Infinity, -Infinity, NaN].map(finite)).toEqual([NaN, NaN, NaN]);
});
