import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { highWave } from "./high-wave.ts";

test("a short white body between very long shadows gives 100", () => {
  expect(reading(highWave(), "100 104 97 101")).toBe(100);
});

test("a short black body between very long shadows gives −100", () => {
  expect(reading(highWave(), "101 104 97 100")).toBe(-100);
});

test("one shadow of twice the body is not very long", () => {
  expect(reading(highWave(), "100 103 97 101")).toBe(0);
});

test("a body that is not short spoils it", () => {
  expect(reading(highWave(), "100 110 90 102")).toBe(0);
});
