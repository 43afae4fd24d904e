import { expect, test } from "vitest";
import { barAt } from "../domain/bar.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../domain/timeframe.ts";
import { bars } from "../testing/bars.ts";
import { ChartRecorder } from "./chart-recorder.ts";

const from = Date.UTC(2024, 0, 1);

test("fine bars become bars of the expert's timeframe, however they are cut into events", () => {
  const minutes = bars(
    "1m",
    Array.from({ length: 150 }, (_, row) => 100 + row),
    { from },
  );
  const chart = new ChartRecorder({ fine: "1m", wanted: "1h", from, to: from + DAY_MS });
  for (const [first, last] of [
    [0, 1],
    [1, 59],
    [59, 61],
    [61, 150],
  ] as const)
    chart.push(minutes, first, last);
  const { timeframe, bars: hours } = chart.finish();
  expect([timeframe, hours.length]).toEqual(["1h", 3]);
  expect(barAt(hours, 0)).toEqual({ openTime: from, open: 100, high: 159.01, low: 99.99, close: 159, volume: 60 });
  expect(barAt(hours, 2)).toMatchObject({ openTime: from + 2 * HOUR_MS, close: 249, volume: 30 });
});

test("bars of the warm-up are not drawn", () => {
  const minutes = bars("1m", [1, 2, 3, 4], { from: from - 2 * MINUTE_MS });
  const chart = new ChartRecorder({ fine: "1m", wanted: "1m", from, to: from + DAY_MS });
  chart.push(minutes, 0, 4);
  expect(Array.from(chart.finish().bars.openTime)).toEqual([from, from + MINUTE_MS]);
});

test("a long run is drawn with coarser bars, and the same number of them at most", () => {
  const year = new ChartRecorder({ fine: "1m", wanted: "1m", from, to: from + 365 * DAY_MS });
  const century = new ChartRecorder({ fine: "1m", wanted: "1m", from, to: from + 36_500 * DAY_MS });
  expect([year.timeframe, century.timeframe]).toEqual(["1h", "1w"]);
});

test("months keep to the calendar", () => {
  const days = bars(
    "1d",
    Array.from({ length: 60 }, () => 10),
    { from },
  );
  const chart = new ChartRecorder({ fine: "1d", wanted: "1M", from, to: from + 90 * DAY_MS });
  chart.push(days, 0, 60);
  expect(Array.from(chart.finish().bars.volume)).toEqual([31, 29]);
});
