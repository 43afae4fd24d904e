import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { fisher } from "./fisher.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { fisher: line, trigger } = fisher(10).over(quotes);
  expect(line[9]).toBeCloseTo(1.3323823529163934, 9);
  expect(line[60]).toBeCloseTo(-0.7024734542585067, 9);
  expect(line[149]).toBeCloseTo(1.0349449815915963, 9);
  expect(trigger[9]).toBeCloseTo(1.4703731600145007, 9);
  expect(trigger[149]).toBeCloseTo(0.7350598871792009, 9);
});
