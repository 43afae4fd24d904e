import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { coppock } from "./coppock.ts";

test("it gives the numbers of pandas-ta", () => {
  const line = coppock().over(quotes).value;
  expect(line[23]).toBeCloseTo(1.5916598800686712, 9);
  expect(line[60]).toBeCloseTo(-1.3066794482341144, 9);
  expect(line[149]).toBeCloseTo(1.807742735115155, 9);
});
