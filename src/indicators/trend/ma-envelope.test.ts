import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { maEnvelope } from "./ma-envelope.ts";

test("it gives the numbers of Skender's Stock Indicators", () => {
  const { upper, middle, lower } = maEnvelope(20).over(quotes);
  expect(upper[19]).toBeCloseTo(219.88812499999995, 9);
  expect(upper[149]).toBeCloseTo(240.808375, 9);
  expect(middle[19]).toBeCloseTo(214.52499999999995, 9);
  expect(middle[149]).toBeCloseTo(234.935, 9);
  expect(lower[19]).toBeCloseTo(209.16187499999995, 9);
  expect(lower[149]).toBeCloseTo(229.061625, 9);
});
