import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { hangingMan } from "./hanging-man.ts";

test("a small body over a long lower shadow at the high before is bearish", () => {
  expect(reading(hangingMan(), "99 102 98 101", "102 102.6 98 102.5")).toBe(-100);
});

test("its colour does not matter", () => {
  expect(reading(hangingMan(), "99 102 98 101", "102.5 102.6 98 102")).toBe(-100);
});

test("well below the high before it is none", () => {
  expect(reading(hangingMan(), "99 102 98 101", "100 100.6 96 100.5")).toBe(0);
});

test("an upper shadow spoils it", () => {
  expect(reading(hangingMan(), "99 102 98 101", "102 104 98 102.5")).toBe(0);
});
