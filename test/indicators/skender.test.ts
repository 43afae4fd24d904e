/**
 * Indicators beyond TA-Lib's against the tables of Skender's Stock Indicators: 502 days of SPY from 2017-01-03. Lines are
 * compared from our warm-up on; where the library starts from another seed, from the row on which both agree.
 */
import { describe, expect } from "vitest";
import type { Study } from "../../src/indicators/indicator.ts";
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
  { file: "chexit", create: () => chandelierExit(22), lines: { chandelierExit: "long" } },
  { file: "dynamic", create: () => mcginley(14, { factor: 0.6, seed: "first" }), lines: { dynamic: "value" } },
  { file: "gator", create: () => gator(), lines: { upper: "upper", lower: "lower" } },
  { file: "hma", create: () => hma(14), lines: { hma: "value" } },
  {
    file: "ichimoku",
    create: () => ichimoku(),
    lines: { tenkanSen: "conversion", kijunSen: "base", senkouSpanA: "spanA", senkouSpanB: "spanB" },
  },
  { file: "ma-env", create: () => maEnvelope(20), lines: { upperEnvelope: "upper", centerline: "middle", lowerEnvelope: "lower" } },
  { file: "smma", create: () => smma(20), lines: { smma: "value" } },
  { file: "starc", create: () => starc(), lines: { upperBand: "upper", centerline: "middle", lowerBand: "lower" } },
  { file: "supertrend", create: () => supertrend(10), lines: { superTrend: "value" } },
  { file: "vol-stop", create: () => volatilityStop(), lines: { sar: "value" } },
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
