import { expect, test } from "vitest";
import { RunLengths } from "./run-lengths.ts";

test("the chances follow Adams' and MacKay's recursion", () => {
  const runs = new RunLengths(10, 0.1);
  runs.push(0);
  // Whatever the number, the first one either ends the empty run, with the hazard's chance, or makes a run of one.
  expect(runs.shareWithin(0)).toBeCloseTo(0.1, 12);
  runs.push(0);
  // Densities at 0: Student's with 2 degrees and scale √2 after no number, with 3 and scale 1 after one (its squares scale 1, shape 1.5).
  const fresh = student(2, 2);
  const grown = student(3, 1);
  const total = 0.1 * fresh + 0.9 * grown;
  expect(runs.shareWithin(0)).toBeCloseTo(0.1, 12);
  expect(runs.shareWithin(1) - runs.shareWithin(0)).toBeCloseTo((0.9 * 0.1 * fresh) / total, 9);
});

test("the chances add up to one, also at the limit and for a number far out", () => {
  const runs = new RunLengths(10, 0.01);
  for (let count = 0; count < 50; count += 1) runs.push(count % 3);
  runs.push(1e200);
  expect(runs.shareWithin(10)).toBeCloseTo(1, 12);
});

/** Density of Student's distribution with 2 or 3 degrees of freedom at 0, for a squared scale. */
function student(degrees: 2 | 3, squaredScale: number): number {
  const standard = degrees === 2 ? 1 / (2 * Math.SQRT2) : 2 / (Math.PI * Math.sqrt(3));
  return standard / Math.sqrt(squaredScale);
}
