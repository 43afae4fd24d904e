/**
 * Indicators beyond TA-Lib's against the tables of Skender's Stock Indicators: 502 days of SPY from 2017-01-03. Lines are
 * compared from our warm-up on; where the library starts from another seed, from the row on which both agree.
 */
import { describe, expect } from "vitest";
import type { Study } from "../../src/indicators/indicator.ts";
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
  { file: "pmo", create: () => pmo(), lines: { pmo: "value", signal: "signal" } },
  { file: "smi", create: () => smi(), lines: { smi: "value", signal: "signal" } },
  { file: "smma", create: () => smma(20), lines: { smma: "value" } },
  { file: "starc", create: () => starc(), lines: { upperBand: "upper", centerline: "middle", lowerBand: "lower" } },
  { file: "stoch-rsi", create: () => slowStochRsi(14, { k: 1 }), lines: { stochRsi: "k", signal: "d" } },
  { file: "supertrend", create: () => supertrend(10), lines: { superTrend: "value" } },
  { file: "tsi", create: () => tsi(), lines: { tsi: "value", signal: "signal" } },
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
