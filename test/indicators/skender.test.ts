/**
 * Indicators beyond TA-Lib's against the tables of Skender's Stock Indicators: 502 days of SPY from 2017-01-03. Lines are
 * compared from our warm-up on; where the library starts from another seed, from the row on which both agree.
 */
import { describe, expect } from "vitest";
import type { Study } from "../../src/indicators/indicator.ts";
import { anchoredVwap } from "../../src/indicators/levels/anchored-vwap.ts";
import { fractals } from "../../src/indicators/levels/fractals.ts";
import { pivotPoints } from "../../src/indicators/levels/pivot-points.ts";
import { rollingPivots } from "../../src/indicators/levels/rolling-pivots.ts";
import { zigZag } from "../../src/indicators/levels/zig-zag.ts";
import { awesome } from "../../src/indicators/oscillators/awesome.ts";
import { connorsRsi } from "../../src/indicators/oscillators/connors-rsi.ts";
import { efficiencyRatio } from "../../src/indicators/oscillators/efficiency-ratio.ts";
import { fisher } from "../../src/indicators/oscillators/fisher.ts";
import { pmo } from "../../src/indicators/oscillators/pmo.ts";
import { slowStochRsi } from "../../src/indicators/oscillators/slow-stoch-rsi.ts";
import { smi } from "../../src/indicators/oscillators/smi.ts";
import { tsi } from "../../src/indicators/oscillators/tsi.ts";
import { alligator } from "../../src/indicators/trend/alligator.ts";
import { alma } from "../../src/indicators/trend/alma.ts";
import { chandelierExit } from "../../src/indicators/trend/chandelier-exit.ts";
import { gator } from "../../src/indicators/trend/gator.ts";
import { hma } from "../../src/indicators/trend/hma.ts";
import { ichimoku } from "../../src/indicators/trend/ichimoku.ts";
import { maEnvelope } from "../../src/indicators/trend/ma-envelope.ts";
import { mcginley } from "../../src/indicators/trend/mcginley.ts";
import { smma } from "../../src/indicators/trend/smma.ts";
import { starc } from "../../src/indicators/trend/starc.ts";
import { supertrend } from "../../src/indicators/trend/supertrend.ts";
import { volatilityStop } from "../../src/indicators/trend/volatility-stop.ts";
import { vortex } from "../../src/indicators/trend/vortex.ts";
import { barsOf, expectLine, parseTable, readVectors, testWithFile, type Tolerance } from "./vectors.ts";

const data = "skender/tests/indicators/_testdata";

interface Case extends Tolerance {
  readonly file: string;
  readonly create: () => Study;
  /** Our lines by the library's columns. */
  readonly lines: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  { file: "alligator", create: () => alligator(), lines: { jaw: "jaw", teeth: "teeth", lips: "lips" } },
  { file: "alma", create: () => alma(9), lines: { alma: "value" } },
  { file: "awesome", create: () => awesome(), lines: { oscillator: "value" } },
  { file: "chexit", create: () => chandelierExit(22), lines: { chandelierExit: "long" } },
  { file: "crsi", create: () => connorsRsi(), lines: { connorsRsi: "value" } },
  { file: "dynamic", create: () => mcginley(14, { factor: 0.6, seed: "first" }), lines: { dynamic: "value" } },
  { file: "fcb", create: () => fractals(2), lines: { upperBand: "high", lowerBand: "low" } },
  { file: "fisher", create: () => fisher(10), lines: { fisher: "fisher", trigger: "trigger" } },
  { file: "gator", create: () => gator(), lines: { upper: "upper", lower: "lower" } },
  { file: "hma", create: () => hma(14), lines: { hma: "value" } },
  {
    file: "ichimoku",
    create: () => ichimoku(),
    lines: { tenkanSen: "conversion", kijunSen: "base", senkouSpanA: "spanA", senkouSpanB: "spanB" },
  },
  { file: "kama", create: () => efficiencyRatio(10), lines: { er: "value" } },
  { file: "ma-env", create: () => maEnvelope(20), lines: { upperEnvelope: "upper", centerline: "middle", lowerEnvelope: "lower" } },
  {
    // Its January begins on the 3rd, so ours does not know the whole month and begins with the levels for March.
    file: "pivot-points",
    create: () => pivotPoints({ session: "month" }),
    lines: { pp: "pivot", r1: "r1", r2: "r2", r3: "r3", s1: "s1", s2: "s2", s3: "s3" },
    from: 39,
  },
  { file: "pmo", create: () => pmo(), lines: { pmo: "value", signal: "signal" } },
  {
    file: "rolling-pivots",
    create: () => rollingPivots(20),
    lines: { pp: "pivot", r1: "r1", r2: "r2", r3: "r3", s1: "s1", s2: "s2", s3: "s3" },
  },
  { file: "smi", create: () => smi(), lines: { smi: "value", signal: "signal" } },
  { file: "smma", create: () => smma(20), lines: { smma: "value" } },
  { file: "starc", create: () => starc(), lines: { upperBand: "upper", centerline: "middle", lowerBand: "lower" } },
  { file: "stoch-rsi", create: () => slowStochRsi(14, { k: 1 }), lines: { stochRsi: "k", signal: "d" } },
  { file: "supertrend", create: () => supertrend(10), lines: { superTrend: "value" } },
  { file: "tsi", create: () => tsi(), lines: { tsi: "value", signal: "signal" } },
  { file: "vol-stop", create: () => volatilityStop(), lines: { sar: "value" } },
  { file: "vwap", create: () => anchoredVwap(), lines: { vwap: "value" } },
  { file: "vortex", create: () => vortex(14), lines: { pvi: "plus", nvi: "minus" } },
];

describe.each(cases)("$file", ({ file, create, lines, ...tolerance }) => {
  testWithFile(`its table is ours`, `${data}/results/${file}.standard.json`, (text) => {
    const columns = barsOf(parseTable(readVectors(`${data}/quotes/default.csv`)));
    const rows = JSON.parse(text) as Record<string, number | null>[];
    const study = create();
    const results = study.over(columns);
    for (const [theirs, ours] of Object.entries(lines)) {
      expect(
        rows.some((row) => typeof row[theirs] === "number"),
        `column ${theirs}`,
      ).toBe(true);
      const expected = rows.map((row) => row[theirs] ?? null);
      expectLine(results[ours] as Float64Array, expected, { ...tolerance, from: tolerance.from ?? study.warmup - 1 });
    }
  });
});

describe("zigzag", () => {
  testWithFile("its turning points of closes by 5 % are ours, once they are certain", `${data}/quotes/default.csv`, (text) => {
    const quotes = barsOf(parseTable(text));
    const { pivot, direction, age } = zigZag(5).over({ ...quotes, high: quotes.close, low: quotes.close });
    const found: string[] = [];
    direction.forEach((side, row) => {
      if (Number.isNaN(side) || side === direction[row - 1]) return;
      found.push(`${row - (age[row] as number)} ${side === 1 ? "L" : "H"} ${pivot[row] as number}`);
    });
    // Ours begins with the low of the first day, which the library does not count as a turning point.
    expect(found.slice(1)).toEqual([
      "268 H 276.01",
      "277 L 248.13",
      "297 H 268.59",
      "312 L 248.97",
      "432 H 285.16",
      "459 L 257.45",
      "466 H 274.19",
      "477 L 256.86",
      "483 H 272.52",
      "497 L 229.99",
    ]);
  });
});
