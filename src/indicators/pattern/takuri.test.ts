import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { takuri } from "./takuri.ts";

test("a doji at the top of a very long lower shadow is a takuri", () => {
  expect(reading(takuri(), "100 100.2 95 100.2")).toBe(100);
});

test("an upper shadow spoils it", () => {
  expect(reading(takuri(), "100 101 95 100.2")).toBe(0);
});

test("a lower shadow of twice the body is not very long", () => {
  expect(reading(takuri(), "100 100.2 99.75 100.125")).toBe(0);
});
