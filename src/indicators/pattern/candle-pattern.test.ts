import { expect, test } from "vitest";
import { ConfigurationError } from "../../base/errors.ts";
import { barAt, sliceBars } from "../../domain/bar.ts";
import { pattern } from "../catalogue/pattern.ts";
import { advanceBlock } from "./advance-block.ts";
import type { CandlePattern } from "./candle-pattern.ts";
import { crowdedMarket } from "./crowded-market.ts";
import { doji } from "./doji.ts";
import { reading } from "./drawing.ts";
import { hammer } from "./hammer.ts";
import { longLine } from "./long-line.ts";
import { modifiedHikkake } from "./modified-hikkake.ts";
import { morningStar } from "./morning-star.ts";

const market = crowdedMarket(2_000, 2);

function stream(study: CandlePattern, from: number): number[] {
  const values: number[] = [];
  for (let row = from; row < market.length; row += 1) {
    study.update(barAt(market, row));
    values.push(study.value);
  }
  return values;
}

test.each(pattern.map((specification) => [specification.name, specification] as const))(
  "%s goes on streaming as the column does, however far the window has moved",
  (_name, specification) => {
    const whole = [...(specification.create().over(market)["value"] ?? [])];
    const study = specification.create() as CandlePattern;
    expect(stream(study, 0)).toEqual(whole);
    study.over(sliceBars(market, 0, 777));
    expect(stream(study, 777)).toEqual(whole.slice(777));
  },
);

test("a window for a long average is long enough", () => {
  const settings = { bodyLong: { period: 300 }, shadowShort: { period: 500 }, near: { period: 0 } };
  const whole = [...advanceBlock(settings).over(market).value];
  expect(whole.filter((answer) => answer === -100).length).toBeGreaterThan(0);
  expect(stream(advanceBlock(settings), 0)).toEqual(whole);
});

test("the first answer waits for the longest average the pattern uses", () => {
  expect(hammer().warmup).toBe(12);
  expect(hammer({ bodyShort: { period: 30 } }).warmup).toBe(32);
  expect(hammer({ bodyShort: { period: 0 }, shadowVeryShort: { period: 0 }, near: { period: 0 } }).warmup).toBe(2);
  expect(hammer({ equal: { period: 30 } }).warmup).toBe(12);
  expect(modifiedHikkake({ near: { period: 0 } }).warmup).toBe(7);
});

test("a setting without a period compares with the candle itself", () => {
  const ownRange = { bodyDoji: { period: 0 } };
  expect(reading(doji(ownRange), "100 110 90 102")).toBe(100);
  expect(reading(doji(ownRange), "100 101 99 100.5")).toBe(0);
});

test("a setting may measure something else", () => {
  expect(reading(longLine({ bodyLong: { measure: "range" } }), "100 103.5 99.5 103")).toBe(0);
  expect(reading(longLine({ bodyLong: { measure: "range" } }), "100 105.5 99.5 105")).toBe(100);
});

test("a setting nobody knows is refused by name", () => {
  const misspelt = { bodylong: { period: 5 } } as object;
  expect(() => hammer(misspelt)).toThrow(ConfigurationError);
  expect(() => hammer(misspelt)).toThrow("hammer: there is no candle setting bodylong");
});

test.each([
  [{ near: { period: -1 } }, "hammer: near.period"],
  [{ near: { period: 2.5 } }, "hammer: near.period"],
  [{ near: { factor: NaN } }, "hammer: near.factor"],
  [{ near: { measure: "volume" as "body" } }, "hammer: near.measure"],
])("%j is refused by name", (settings, message) => {
  expect(() => hammer(settings)).toThrow(ConfigurationError);
  expect(() => hammer(settings)).toThrow(message);
});

test("a penetration that is no share is refused by name", () => {
  for (const penetration of [-0.1, NaN, Infinity]) expect(() => morningStar({ penetration })).toThrow("morningStar: penetration");
});
