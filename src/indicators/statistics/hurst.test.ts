import { expect, test } from "vitest";
import { exampleBars } from "../example-bars.ts";
import { createRandom } from "../../base/random.ts";
import { hurst } from "./hurst.ts";

/** Mean exponents of 20 prices whose returns lean by `memory` towards the return before. */
function meansOf(memory: number): { readonly hurst: number; readonly corrected: number } {
  const means = { hurst: 0, corrected: 0 };
  for (let seed = 0; seed < 20; seed += 1) {
    const random = createRandom(seed);
    const line = hurst(256);
    let [price, move] = [100, 0];
    for (let step = 0; step <= 256; step += 1) {
      move = memory * move + 0.01 * random.normal();
      price *= Math.exp(move);
      line.next(price);
    }
    means.hurst += line.hurst / 20;
    means.corrected += line.corrected / 20;
  }
  return means;
}

test("random walks seem to persist, and corrected they are near one half", () => {
  const { hurst, corrected } = meansOf(0);
  expect(hurst).toBeGreaterThan(0.55);
  expect(Math.abs(corrected - 0.5)).toBeLessThan(0.05);
});

test("moves that go on are above a random walk's, moves that turn back below", () => {
  expect(meansOf(0.6).hurst).toBeGreaterThan(meansOf(0).hurst);
  expect(meansOf(-0.6).hurst).toBeLessThan(meansOf(0).hurst);
});

test("a window of sixteen returns is measured whole and in halves", () => {
  const line = hurst(16);
  line.over(exampleBars);
  // The definition, written out in numpy.
  expect(line.hurst).toBeCloseTo(0.2930469448300865, 10);
});

test("a price that stands still has no exponent", () => {
  const line = hurst(16);
  for (let step = 0; step < 20; step += 1) line.next(5);
  expect(line.value).toBeNaN();
});
