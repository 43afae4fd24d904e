import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { shortLine } from "./short-line.ts";

test("a short white body with short shadows gives 100", () => {
  expect(reading(shortLine(), "100 101.5 99.5 101")).toBe(100);
});

test("a short black body with short shadows gives −100", () => {
  expect(reading(shortLine(), "101 101.5 99.5 100")).toBe(-100);
});

test("a shadow of ordinary length spoils it", () => {
  expect(reading(shortLine(), "100 102 99.5 101")).toBe(0);
});

test("an ordinary body is not short", () => {
  expect(reading(shortLine(), "100 102.5 99.5 102")).toBe(0);
});
