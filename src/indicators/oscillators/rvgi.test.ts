import { expect, test } from "vitest";
import { quotes } from "../../../test/indicators/quotes.ts";
import { rvgi } from "./rvgi.ts";

test("it gives the numbers of pandas-ta", () => {
  const { value, signal } = rvgi(10).over(quotes);
  expect(value[60]).toBeCloseTo(-0.04155383322439097, 9);
  expect(value[149]).toBeCloseTo(-0.19935111751982768, 9);
  expect(signal[60]).toBeCloseTo(-0.1324511013341631, 9);
  expect(signal[149]).toBeCloseTo(-0.12524208001448048, 9);
});
