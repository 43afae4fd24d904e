import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { qqe } from "./qqe.ts";

test("it gives the numbers of pandas-ta", () => {
  const { value, stop } = qqe(14).over(quotes);
  expect(value[80]).toBeCloseTo(60.181970678838965, 9);
  expect(value[149]).toBeCloseTo(65.01253385336534, 9);
  expect(stop[80]).toBeCloseTo(53.7985374731583, 9);
  expect(stop[149]).toBeCloseTo(61.62232762258696, 9);
});
