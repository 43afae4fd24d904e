import { expect, test } from "vitest";
import { htDcPeriod } from "./ht-dcperiod.ts";

test("it gives TA-Lib's numbers", () => {
  const line = htDcPeriod();
  const values = Array.from({ length: 160 }, (_, row) => {
    line.next(100 + ((row * row) % 23));
    return line.value;
  });
  expect(values[31]).toBeNaN();
  expect(values[32]).toBeCloseTo(15.552237267590549, 10);
  expect(values[100]).toBeCloseTo(13.786726768745133, 10);
  expect(values[159]).toBeCloseTo(14.623188982764763, 10);
});

test.each([10, 20, 35])("it measures a swing of %i bars", (length) => {
  const line = htDcPeriod();
  for (let row = 0; row < 300; row += 1) line.next(100 + 10 * Math.sin((2 * Math.PI * row) / length));
  expect(Math.abs(line.value / length - 1)).toBeLessThan(0.02);
});
