import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { dojiStar } from "./doji-star.ts";

test("a doji above a long white body is bearish", () => {
  expect(reading(dojiStar(), "100 106 99 105", "107 108 106 107")).toBe(-100);
});

test("a doji below a long black body is bullish", () => {
  expect(reading(dojiStar(), "105 106 99 100", "98 99 97 98")).toBe(100);
});

test("a doji that touches the body is no star", () => {
  expect(reading(dojiStar(), "100 106 99 105", "105 107 104 105")).toBe(0);
});

test("a doji on the wrong side is no star", () => {
  expect(reading(dojiStar(), "105 106 99 100", "107 108 106 107")).toBe(0);
});
