import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { matHold } from "./mat-hold.ts";

test("a new high after a shallow drift from a gap is bullish", () => {
  expect(reading(matHold(), "100 107 99 106", "108 109 106.5 107", "107 108 105 105.5", "106 106.5 104 104.5", "105.5 112 105 111")).toBe(
    100,
  );
});

test("a drift to below the middle of the first body is none", () => {
  expect(reading(matHold(), "100 107 99 106", "108 109 106.5 107", "107 108 105 105.5", "103 104 101 102", "105.5 112 105 111")).toBe(0);
});

test("a larger penetration lets it count", () => {
  expect(
    reading(
      matHold({ penetration: 0.8 }),
      "100 107 99 106",
      "108 109 106.5 107",
      "107 108 105 105.5",
      "103 104 101 102",
      "105.5 112 105 111",
    ),
  ).toBe(100);
});

test("a last close below the highs is none", () => {
  expect(reading(matHold(), "100 107 99 106", "108 109 106.5 107", "107 108 105 105.5", "106 106.5 104 104.5", "105.5 109 105 108.5")).toBe(
    0,
  );
});

test("without a gap it is none", () => {
  expect(reading(matHold(), "100 107 99 106", "107 108 105 105.5", "106 107 104.5 105", "105 106 104 104.5", "105.5 112 105 111")).toBe(0);
});
