import { expect, test } from "vitest";
import { cycleWave } from "./cycle-wave.ts";

test("values are the doubles nearest to the true ones", () => {
  // Taken from Taylor's series with 60 decimal digits.
  expect(cycleWave(39).sines[1]).toBe(0.1604112808577602);
  expect(cycleWave(40).sines[33]).toBe(-0.8910065241883679);
  expect(cycleWave(41).sines[22]).toBe(-0.22785350890313708);
  expect(cycleWave(4).sines[2]).toBe(1.2246467991473532e-16);
  expect([...cycleWave(1).cosines]).toEqual([1]);
});

test("a cycle of no bars has no wave", () => {
  expect(cycleWave(0).sines).toHaveLength(0);
});
