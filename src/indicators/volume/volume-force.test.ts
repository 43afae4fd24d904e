import { expect, test } from "vitest";
import { VolumeForce } from "./volume-force.ts";

/** The oscillator with averages that start from the first force, as Tulip takes it. */
function oscillate(force: VolumeForce, bars: readonly (readonly number[])[], fast: number, slow: number): number[] {
  let [fastAverage, slowAverage] = [NaN, NaN];
  return bars.flatMap(([high = NaN, low = NaN, close = NaN, volume = NaN]) => {
    if (!force.next(high, low, close, volume)) return [];
    fastAverage = Number.isNaN(fastAverage) ? force.value : fastAverage + (2 / (fast + 1)) * (force.value - fastAverage);
    slowAverage = Number.isNaN(slowAverage) ? force.value : slowAverage + (2 / (slow + 1)) * (force.value - slowAverage);
    return [fastAverage - slowAverage];
  });
}

test("the oscillator made of it is the published one", () => {
  // Achelis, Technical Analysis from A to Z, page 170, as corrected in Tulip's tests.
  const highs = [181.5, 182.375, 185.5, 186.5, 199.625, 199.5, 202.375, 203, 198.875, 207.5, 212.938, 212, 215.5, 219.188];
  const lows = [176.875, 178.625, 181.312, 183, 181.875, 192.25, 193.25, 192.25, 190.25, 195.375, 203.688, 204.875, 203, 210];
  const closes = [178, 180.625, 182.125, 183.438, 197.188, 194.562, 197.688, 193.125, 196.938, 205, 212.562, 206.188, 213.875, 218.75];
  const volumes = [40530, 45506, 57101, 48758, 98656, 74405, 67085, 39736, 44768, 59187, 59143, 41042, 40124, 43351];
  const expected = [
    0, 30592.025, 76513.51, 69705.806, 155965.363, 222414.181, 183932.556, 117664.482, 116435.061, 142268.526, 105470.81, 106761.33,
    117817.68,
  ];
  const values = oscillate(
    new VolumeForce(),
    highs.map((high, row) => [high, lows[row] as number, closes[row] as number, volumes[row] as number]),
    34,
    55,
  );
  values.forEach((value, row) => expect(value).toBeCloseTo(expected[row] as number, 2));
});

test("bars without range have no force", () => {
  const force = new VolumeForce();
  force.next(5, 5, 5, 100);
  force.next(6, 6, 6, 100);
  expect(force.value).toBe(0);
});
