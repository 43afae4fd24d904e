import { expect, test } from "vitest";
import { reading } from "./drawing.ts";
import { rickshawMan } from "./rickshaw-man.ts";

test("a doji in the middle of a wide range is a rickshaw man", () => {
  expect(reading(rickshawMan(), "100 103 97 100.2")).toBe(100);
});

test("a doji far from the middle is not", () => {
  expect(reading(rickshawMan(), "100 101 95 100.2")).toBe(0);
});

test("a doji with one shadow only is not", () => {
  expect(reading(rickshawMan(), "100 100.2 99 100.2")).toBe(0);
});
