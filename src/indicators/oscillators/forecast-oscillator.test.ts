import { expect, test } from "vitest";
import { forecastOscillator } from "./forecast-oscillator.ts";

test("it gives the numbers of Achelis' book", () => {
  const line = forecastOscillator(5);
  const values = [16.4444, 16.3333, 16.3333, 16.4444, 16.4444, 16.0556, 16.1667, 15.9444, 16.3889, 16.5556, 16.6111].map((close) => {
    line.next(close);
    return line.value;
  });
  const expected = [-2.3524, -0.1374, -0.802, 3.4237, 2.5506, 0.1336];
  values.slice(5).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 2));
});

test("a price of zero has no percentage", () => {
  const line = forecastOscillator(2);
  for (const price of [2, 1, 0]) line.next(price);
  expect(line.value).toBeNaN();
});
