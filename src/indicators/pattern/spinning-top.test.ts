import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { spinningTop } from "./spinning-top.ts";

test("a short white body between longer shadows gives 100", () => {
  expect(reading(spinningTop(), "100 103 98 101")).toBe(100);
});

test("a short black body between longer shadows gives −100", () => {
  expect(reading(spinningTop(), "101 103 98 100")).toBe(-100);
});

test("a shadow no longer than the body spoils it", () => {
  expect(reading(spinningTop(), "100 102 98 101")).toBe(0);
});

test("an ordinary body is not short", () => {
  expect(reading(spinningTop(), "100 106 96 102")).toBe(0);
});
