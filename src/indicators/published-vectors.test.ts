/**
 * Indicators that TA-Lib does not have give the numbers that other libraries publish in their own tests: Skender's Stock
 * Indicators, QuantConnect LEAN, cinar's indicator and Tulip. The files lie in the folder of vectors, for which
 * METAEXPERT_INDICATOR_VECTORS names another place; each indicator's own test has some of the numbers without it.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { allocateBars, type BarColumns } from "../domain/bar.ts";
import type { Study } from "./indicator.ts";
import { elderRay } from "./oscillators/elder-ray.ts";
import { sma } from "./overlap/sma.ts";
import { heikinAshi } from "./price/heikin-ashi.ts";
import { logReturn } from "./price/log-return.ts";
import { hurst } from "./statistics/hurst.ts";
import { lagHurst } from "./statistics/lag-hurst.ts";
import { linearRegIntercept } from "./statistics/linearreg-intercept.ts";
import { linearRegSlope } from "./statistics/linearreg-slope.ts";
import { linearReg } from "./statistics/linearreg.ts";
import { meanDeviation } from "./statistics/mean-deviation.ts";
import { rSquared } from "./statistics/r-squared.ts";
import { stdDev } from "./statistics/stddev.ts";
import { zScore } from "./statistics/z-score.ts";
import { bandwidth } from "./volatility/bandwidth.ts";
import { choppiness } from "./volatility/choppiness.ts";
import { donchian } from "./volatility/donchian.ts";
import { keltner } from "./volatility/keltner.ts";
import { percentB } from "./volatility/percent-b.ts";
import { trange } from "./volatility/trange.ts";
import { ulcerIndex } from "./volatility/ulcer-index.ts";
import { ad } from "./volume/ad.ts";
import { cmf } from "./volume/cmf.ts";
import { emv } from "./volume/emv.ts";
import { forceIndex } from "./volume/force-index.ts";
import { obv } from "./volume/obv.ts";
import { pvo } from "./volume/pvo.ts";
import { pvt } from "./volume/pvt.ts";
import { vwma } from "./volume/vwma.ts";

const standardFolder = resolve(import.meta.dirname, "../../../shared/reference/conformance/indicators");
const folder = process.env["METAEXPERT_INDICATOR_VECTORS"] ?? standardFolder;
const skender = "skender/tests/indicators/_testdata";

/** Rows of `results/<file>.standard.json`, whose bars are `quotes/default.csv`, and our line for each of their fields. */
const ofSkender: readonly [file: string, create: () => Study, lines: Readonly<Record<string, string>>][] = [
  ["cmf", () => cmf(20), { cmf: "value" }],
  ["chaikin-osc", () => ad(), { adl: "value" }],
  ["heikinashi", () => heikinAshi(), { open: "open", high: "high", low: "low", close: "close" }],
  ["hurst", () => hurst(100), { hurstExponent: "hurst", hurstExponentAL: "corrected" }],
  ["keltner", () => keltner(20), { upperBand: "upper", centerline: "middle", lowerBand: "lower" }],
  ["sma-analysis", () => meanDeviation(20), { mad: "value" }],
  ["stdev", () => stdDev(14), { stdDev: "value" }],
  ["stdev", () => zScore(14), { zScore: "value" }],
  ["tr", () => trange(), { tr: "value" }],
  ["ulcer", () => ulcerIndex(14), { ulcerIndex: "value" }],
  ["vwma", () => vwma(14), { vwma: "value" }],
];

/** Single values that Skender's tests state for the same bars, with the decimals they are rounded to. */
const statedBySkender: readonly [create: () => Study, line: string, decimals: number, values: Readonly<Record<number, number>>][] = [
  [() => percentB(20), "value", 6, { 249: 0.803923, 501: 0.349362 }],
  [() => bandwidth(20), "value", 6, { 249: 0.031416, 501: 0.173433 }],
  [() => choppiness(14, { extremes: "true" }), "value", 4, { 14: 69.9967, 249: 41.8499, 501: 38.6526 }],
  // Skender's channel ends with the bar before.
  [() => donchian(20), "upper", 4, { 19: 217.02, 248: 258.7, 484: 274.39, 500: 273.59 }],
  [() => donchian(20), "middle", 4, { 19: 214.27, 248: 254.285, 484: 265.535, 500: 251.505 }],
  [() => donchian(20), "lower", 4, { 19: 211.52, 248: 249.87, 484: 256.68, 500: 229.42 }],
  [() => elderRay(13), "bull", 4, { 12: 0.75, 24: 1.4274, 149: 0.943, 249: 1.5194, 501: -0.4729 }],
  [() => elderRay(13), "bear", 4, { 12: -0.51, 24: 0.5474, 149: 0.473, 249: 1.0694, 501: -3.1429 }],
  [() => forceIndex(13), "value", 3, { 13: 10668240.778, 24: 15883211.364, 149: 7598218.196, 249: 23612118.994, 501: -16824018.428 }],
  [() => pvo(), "pvo", 4, { 33: 1.5795, 149: -7.191, 249: -6.3667, 501: 10.4395 }],
  [() => pvo(), "signal", 4, { 33: -3.553, 149: -5.1159, 249: 1.7333, 501: 12.2681 }],
  [() => pvo(), "histogram", 4, { 33: 5.1325, 149: -2.0751, 249: -8.1, 501: -1.8286 }],
  [() => linearRegSlope(20), "value", 6, { 249: 0.312406, 482: -0.337015, 501: -1.689143 }],
  [() => linearReg(20), "value", 4, { 501: 235.8131 }],
  [() => linearRegIntercept(20), "value", 4, { 501: 267.9069 }],
  [() => rSquared(20), "value", 4, { 249: 0.8056, 482: 0.173, 501: 0.7955 }],
  [() => stdDev(20), "value", 4, { 249: 2.0071, 482: 4.6719, 501: 10.9202 }],
];

/** Tables with the bars beside the values, which are rounded to some decimals and begin at row `from`. */
const tables: readonly [file: string, create: () => Study, lines: Readonly<Record<string, string>>, decimals: number, from: number][] = [
  ["lean/spy_emv.txt", () => emv(1), { EMV: "value" }, 9, 1],
  ["lean/spy_cmf.txt", () => cmf(20), { CMF_20: "value" }, 13, 19],
  ["lean/spy_hurst_exponent.csv", () => lagHurst(252), { hurst_exponent: "value" }, 9, 251],
  ["lean/spy_logr14.txt", () => logReturn(14), { LOGR14: "value" }, 6, 14],
  ["cinar/momentum/testdata/elder_ray.csv", () => elderRay(3), { BullPower: "bull", BearPower: "bear" }, 2, 2],
  ["cinar/momentum/testdata/pvo.csv", () => pvo(), { Pvo: "pvo", Signal: "signal", Histogram: "histogram" }, 2, 33],
  ["cinar/volatility/testdata/chop.csv", () => choppiness(14), { Expected: "value" }, 6, 14],
  ["cinar/volatility/testdata/keltner_channel.csv", () => keltner(20), { Middle: "middle" }, 2, 20],
  ["cinar/volume/testdata/vpt.csv", () => pvt(), { Vpt: "value" }, 2, 0],
  ["lean/spy_with_sobv.csv", () => sma(20).of(obv()), { SOBV20: "value" }, 1, 19],
];

/** Rows of tables that end wrongly: the last bar was not complete when its value was written down. */
const ENDS: Readonly<Record<string, number>> = { "lean/spy_cmf.txt": 299 };

describe("Skender's results", () => {
  for (const [name, create, lines] of ofSkender) {
    const file = join(folder, skender, "results", `${name}.standard.json`);
    test.skipIf(!existsSync(file))(`${create().constructor.name} equals ${name}`, () => {
      const rows = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, number | null>>[];
      const results = create().over(skenderBars());
      for (const [field, line] of Object.entries(lines)) {
        expect(rows.some((row) => typeof row[field] === "number")).toBe(true);
        rows.forEach((row, index) => {
          const expected = row[field];
          const own = results[line]?.[index] as number;
          // Lines of ours begin together, one of theirs may begin before.
          if (typeof expected !== "number") expect(own, `${field} of row ${index}`).toBeNaN();
          else if (!Number.isNaN(own) || index >= create().warmup) expectNear(own, expected, 1e-9, `${field} of row ${index}`);
        });
      }
    });
  }

  for (const [create, line, decimals, values] of statedBySkender) {
    test.skipIf(!existsSync(join(folder, skender)))(`${create().constructor.name} gives the stated values of ${line}`, () => {
      const column = create().over(skenderBars())[line] as Float64Array;
      for (const [row, value] of Object.entries(values)) expect(column[Number(row)], `row ${row}`).toBeCloseTo(value, decimals - 0.01);
    });
  }
});

describe("tables of other libraries", () => {
  for (const [name, create, lines, decimals, from] of tables) {
    const file = join(folder, name);
    test.skipIf(!existsSync(file))(`${create().constructor.name} equals ${name}`, () => {
      const table = readTable(file);
      const rows = ENDS[name] ?? Infinity;
      const results = create().over(barsOf(table));
      for (const [field, line] of Object.entries(lines)) {
        const expected = table.get(field.toLowerCase()) as readonly number[];
        expect(expected.length).toBeGreaterThan(from);
        expected.forEach((value, row) => {
          if (row < from || row >= rows || Number.isNaN(value)) return;
          expect(Math.abs((results[line]?.[row] as number) - value), `${field} of row ${row}`).toBeLessThan(0.51 * 10 ** -decimals);
        });
      }
    });
  }
});

function expectNear(own: number, expected: number, tolerance: number, place: string): void {
  const distance = Math.abs(own - expected);
  if (!(distance <= tolerance * Math.max(1, Math.abs(expected)))) expect.fail(`${place}: ours ${own}, theirs ${expected}`);
}

function skenderBars(): BarColumns {
  return barsOf(readTable(join(folder, skender, "quotes/default.csv")));
}

/** Columns of numbers by their heading in lower case; an empty cell is NaN. */
function readTable(file: string): Map<string, number[]> {
  const [heading = "", ...rows] = readFileSync(file, "utf8").replace("\ufeff", "").trim().split(/\r?\n/);
  const columns = heading.split(",").map((name) => [name.trim().toLowerCase(), [] as number[]] as const);
  for (const row of rows) {
    row.split(",").forEach((cell, index) => columns[index]?.[1].push(cell.trim() === "" ? NaN : Number(cell)));
  }
  return new Map(columns);
}

/** Bars of a table; columns it does not have stay zero. */
function barsOf(table: Map<string, number[]>): BarColumns {
  const length = table.values().next().value?.length ?? 0;
  const columns = allocateBars(length);
  for (const name of ["open", "high", "low", "close", "volume"] as const) columns[name].set(table.get(name) ?? []);
  return columns;
}
