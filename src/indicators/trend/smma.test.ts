import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { smma } from "./smma.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const line = smma(20).over(quotes).value;
  expect(line[19]).toBeCloseTo(214.52499999999995, 9);
  expect(line[60]).toBeCloseTo(222.0081009827842, 9);
  expect(line[149]).toBeCloseTo(233.32034996637785, 9);
});

test("seeded with the first number it gives the numbers of ta4j", () => {
  const line = smma(10, { seed: "first" });
  const values = [21217.5, 21215.5, 21214, 21214, 21210.5, 21210.25, 21206.25, 21205, 21207, 21205.5].map((close) => {
    line.next(close);
    return line.value;
  });
  expect(values[8]).toBeNaN();
  expect(values[9]).toBeCloseTo(21212.193857793, 8);
});
