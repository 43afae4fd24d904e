import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { morningStar } from "./morning-star.ts";

test("a short body below a long black candle and a white one back into it are bullish", () => {
  expect(reading(morningStar(), "106 107 99 100", "99 99.5 97 98", "100 105 99 104")).toBe(100);
});

test("a third candle that takes back too little is none", () => {
  expect(reading(morningStar(), "106 107 99 100", "99 99.5 97 98", "99.5 102 99 101.5")).toBe(0);
});

test("a smaller penetration lets it count", () => {
  expect(reading(morningStar({ penetration: 0.2 }), "106 107 99 100", "99 99.5 97 98", "99 102 98 101.5")).toBe(100);
});

test("a second body without a gap is no star", () => {
  expect(reading(morningStar(), "106 107 99 100", "100 101 98 99", "100 105 99 104")).toBe(0);
});
