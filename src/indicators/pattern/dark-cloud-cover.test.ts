import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { darkCloudCover } from "./dark-cloud-cover.ts";

test("a black candle from above the high to below the middle of a long white one is bearish", () => {
  expect(reading(darkCloudCover(), "100 107 99 106", "108 109 101 102")).toBe(-100);
});

test("a close in the upper half of the white body is not deep enough", () => {
  expect(reading(darkCloudCover(), "100 107 99 106", "108 109 101 104")).toBe(0);
});

test("a smaller penetration lets it count", () => {
  expect(reading(darkCloudCover({ penetration: 0.3 }), "100 107 99 106", "108 109 101 104")).toBe(-100);
});

test("a close below the white body is no longer a cover", () => {
  expect(reading(darkCloudCover(), "100 107 99 106", "108 109 98 99")).toBe(0);
});

test("without a gap above the high it is none", () => {
  expect(reading(darkCloudCover(), "100 107 99 106", "107 109 101 102")).toBe(0);
});
