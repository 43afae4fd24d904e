import { expect, test } from "vitest";
import { ConfigurationError } from "../base/errors.ts";
import type { Bar } from "../domain/bar.ts";
import type { Indicator } from "./indicator.ts";
import { ema } from "./overlap/ema.ts";
import { sma } from "./overlap/sma.ts";
import { correl } from "./statistics/correl.ts";
import { sampleBars } from "./sample-bars.ts";

const columns = sampleBars("walk", 60, 2);

test.each([
  ["open", (row: number) => columns.open[row]],
  ["high", (row: number) => columns.high[row]],
  ["low", (row: number) => columns.low[row]],
  ["close", (row: number) => columns.close[row]],
  ["volume", (row: number) => columns.volume[row]],
  ["hl2", (row: number) => ((columns.high[row] as number) + (columns.low[row] as number)) / 2],
  ["hlc3", (row: number) => ((columns.high[row] as number) + (columns.low[row] as number) + (columns.close[row] as number)) / 3],
] as const)("%s can be read instead of the close", (name, expected) => {
  expect(sma(1).of(name).over(columns).value[59]).toBe(expected(59));
});

test("ohlc4 and hlcc4 weigh the close once and twice", () => {
  const bar = { ...columns, open: columns.low, high: columns.low };
  const [low, close] = [columns.low[59] as number, columns.close[59] as number];
  expect(sma(1).of("ohlc4").over(bar).value[59]).toBeCloseTo((3 * low + close) / 4, 12);
  expect(sma(1).of("hlcc4").over(bar).value[59]).toBeCloseTo((2 * low + 2 * close) / 4, 12);
});

test("a function of the bar can be a source", () => {
  const body = sma(1).of((bar) => Math.abs(bar.close - bar.open));
  expect(body.over(columns).value[59]).toBe(Math.abs((columns.close[59] as number) - (columns.open[59] as number)));
});

test("warm-ups of a chain add up and NaN at the beginning is skipped", () => {
  const chain = sma(3).of(ema(5).of(sma(4)));
  expect(chain.warmup).toBe(4 + 5 + 3 - 2);
  expect(chain.over(columns).value.findIndex(Number.isFinite)).toBe(chain.warmup - 1);
});

test("two sources start when both have a number", () => {
  const pair = correl(5).of(sma(3), ema(8));
  expect(pair.warmup).toBe(12);
  expect(pair.over(columns).value.findIndex(Number.isFinite)).toBe(11);
});

test("an unknown source is refused with the names there are", () => {
  expect(() => ema(3).of("middle" as "close")).toThrow(ConfigurationError);
  expect(() => ema(3).of("middle" as "close")).toThrow(/Ema: a source is one of open, high, .* got middle/);
  expect(() => ema(3).of("toString" as "close")).toThrow(ConfigurationError);
  expect(() => ema(3).of(undefined as unknown as "close")).toThrow(ConfigurationError);
});

test("one indicator cannot feed two others, for it would see every bar twice", () => {
  const shared = sma(3);
  ema(3).of(shared);
  expect(() => ema(5).of(shared)).toThrow("already feeds another indicator");
});

test("a source is chosen once", () => {
  expect(() => ema(3).of("open").of("high")).toThrow("of() was called already");
});

test("a plain indicator as a source runs over columns once, and again only with a reset", () => {
  const line = sma(2).of(plain());
  const first = line.over(columns).value;
  expect(() => line.over(columns)).toThrow("has no reset()");
  const again = sma(2).of(Object.assign(plain(), { reset() {} }));
  expect(again.over(columns).value).toEqual(first);
  expect(again.over(columns).value).toEqual(first);
});

/** Twice the close. */
function plain(): Indicator {
  let value = NaN;
  return {
    warmup: 1,
    get value() {
      return value;
    },
    update(bar: Bar) {
      value = 2 * bar.close;
    },
  };
}
