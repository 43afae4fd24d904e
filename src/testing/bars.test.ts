import { expect, test } from "vitest";
import { barAt } from "../domain/bar.ts";
import { HOUR_MS } from "../domain/timeframe.ts";
import { bars } from "./bars.ts";

const NEW_YEAR = Date.UTC(2024, 0, 1);

test("a number is a close: the bar opens at the one before and has wicks of 0.01", () => {
  const columns = bars("1h", [10, 11, 9.1]);
  expect(columns.length).toBe(3);
  expect(barAt(columns, 0)).toEqual({ openTime: NEW_YEAR, open: 10, high: 10.01, low: 9.99, close: 10, volume: 1 });
  expect(barAt(columns, 1)).toEqual({ openTime: NEW_YEAR + HOUR_MS, open: 10, high: 11.01, low: 9.99, close: 11, volume: 1 });
  expect(barAt(columns, 2)).toEqual({ openTime: NEW_YEAR + 2 * HOUR_MS, open: 11, high: 11.01, low: 9.09, close: 9.1, volume: 1 });
});

test("a list is a bar in full, and the next close goes on from it", () => {
  const columns = bars("1h", [[10, 12, 9, 11.5], 12, [12, 13, 11, 12, 250]]);
  expect(barAt(columns, 0)).toEqual({ openTime: NEW_YEAR, open: 10, high: 12, low: 9, close: 11.5, volume: 1 });
  expect(barAt(columns, 1).open).toBe(11.5);
  expect(barAt(columns, 2).volume).toBe(250);
});

test("wick, volume and the start can be chosen, and the start is moved to its bar's open", () => {
  const columns = bars("4h", [100, 101], { from: NEW_YEAR + HOUR_MS, wick: 0, volume: 7 });
  expect(barAt(columns, 1)).toEqual({ openTime: NEW_YEAR + 4 * HOUR_MS, open: 100, high: 101, low: 100, close: 101, volume: 7 });
});

test("months follow each other by the calendar", () => {
  expect([...bars("1M", [1, 1, 1]).openTime]).toEqual([Date.UTC(2024, 0), Date.UTC(2024, 1), Date.UTC(2024, 2)]);
});

test("prices below the wick are refused, because no market has them", () => {
  expect(() => bars("1h", [0.005])).toThrow("give a smaller wick");
});
