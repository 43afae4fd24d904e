import { expect, test } from "vitest";
import { columnsOf } from "../../domain/bar.ts";
import { heikinAshi } from "./heikin-ashi.ts";

const bar = (open: number, high: number, low: number, close: number) => ({ openTime: 0, open, high, low, close, volume: 1 });

test("it gives the published bars", () => {
  // SPY from 2017-01-03 and the bars that Skender's Stock Indicators make of it.
  const columns = columnsOf([bar(212.61, 213.35, 211.52, 212.8), bar(213.16, 214.22, 213.15, 214.06), bar(213.77, 214.06, 213.02, 213.89)]);
  const { open, high, low, close } = heikinAshi().over(columns);
  expect([...open].map((value) => value.toFixed(4))).toEqual(["212.7050", "212.6375", "213.1425"]);
  expect([...high]).toEqual([213.35, 214.22, 214.06]);
  expect([...low].map((value) => value.toFixed(4))).toEqual(["211.5200", "212.6375", "213.0200"]);
  expect([...close].map((value) => value.toFixed(4))).toEqual(["212.5700", "213.6475", "213.6850"]);
});

test("as a source it means its close", () => {
  const line = heikinAshi();
  line.update(bar(1, 4, 1, 2));
  expect(line.value).toBe(2);
});
