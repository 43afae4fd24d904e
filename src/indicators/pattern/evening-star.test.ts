import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { eveningStar } from "./evening-star.ts";

test("a short body above a long white candle and a black one back into it are bearish", () => {
  expect(reading(eveningStar(), "100 107 99 106", "107 109 106.5 108", "106 107 101 102")).toBe(-100);
});

test("a third candle that takes back too little is none", () => {
  expect(reading(eveningStar(), "100 107 99 106", "107 109 106.5 108", "106.5 107 104 104.5")).toBe(0);
});

test("a smaller penetration lets it count", () => {
  expect(reading(eveningStar({ penetration: 0.2 }), "100 107 99 106", "107 109 106.5 108", "107 108 104 104.5")).toBe(-100);
});

test("a second body without a gap is no star", () => {
  expect(reading(eveningStar(), "100 107 99 106", "106 108 105 107", "106 107 101 102")).toBe(0);
});
