import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { gravestoneDoji } from "./gravestone-doji.ts";

test("a doji at the bottom of its range is a gravestone", () => {
  expect(reading(gravestoneDoji(), "100 103 100 100")).toBe(100);
});

test("a lower shadow spoils it", () => {
  expect(reading(gravestoneDoji(), "100 103 99 100")).toBe(0);
});

test("without an upper shadow it is only a doji", () => {
  expect(reading(gravestoneDoji(), "100 100.2 100 100")).toBe(0);
});
