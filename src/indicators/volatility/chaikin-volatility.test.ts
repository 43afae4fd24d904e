import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { chaikinVolatility } from "./chaikin-volatility.ts";

test("it gives the numbers of Tulip", () => {
  const expected = [1.847181790648341, -6.269852045708369, -32.003007715561836];
  lastOf(chaikinVolatility(3, { change: 3, seed: "first" }).over(exampleBars).value, 3).forEach((value, index) =>
    expect(value).toBeCloseTo(expected[index] as number, 9),
  );
});

test("it gives the published table", () => {
  // Achelis, Technical Analysis from A to Z, page 356.
  const highs = [60.2476, 60.5637, 62.0859, 62.7016, 62.9355, 62.8032, 62.3419, 61.8435, 61.6278, 61.3613, 60.5073, 61.4379];
  const lows = [58.4915, 59.0323, 60.8968, 61.3758, 61.7601, 62.0952, 61.6508, 60.3919, 60.804, 60.6952, 59.6734, 59.6702];
  const line = chaikinVolatility(5, { change: 5, seed: "first" });
  const values = highs.map((high, row) => {
    line.update({ openTime: row, open: high, high, low: lows[row] as number, close: high, volume: 1 });
    return line.value.toFixed(4);
  });
  expect(values.slice(8)).toEqual(["NaN", "-32.8138", "-22.3683", "18.9829"]);
});

test("ranges that come back after thousands of bars without any give no infinity", () => {
  const line = chaikinVolatility(2, { change: 1 });
  for (let row = 0; row < 5_000; row += 1) line.update({ openTime: row, open: 1, high: row === 0 ? 2 : 1, low: 1, close: 1, volume: 1 });
  line.update({ openTime: 5_000, open: 1, high: 2, low: 1, close: 1, volume: 1 });
  expect(line.value).toBe(0);
});
