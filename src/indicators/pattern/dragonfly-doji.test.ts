import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { dragonflyDoji } from "./dragonfly-doji.ts";

test("a doji at the top of its range is a dragonfly", () => {
  expect(reading(dragonflyDoji(), "100 100 97 100")).toBe(100);
});

test("an upper shadow spoils it", () => {
  expect(reading(dragonflyDoji(), "100 101 97 100")).toBe(0);
});

test("without a lower shadow it is only a doji", () => {
  expect(reading(dragonflyDoji(), "100 100 99.8 100")).toBe(0);
});
