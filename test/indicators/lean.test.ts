/** Indicators beyond TA-Lib's against the tables of QuantConnect's LEAN, most of them daily bars of SPY. */
import { describe } from "vitest";
import type { Study } from "../../src/indicators/indicator.ts";
import { connorsRsi } from "../../src/indicators/oscillators/connors-rsi.ts";
import { derivativeOscillator } from "../../src/indicators/oscillators/derivative-oscillator.ts";
import { dpo } from "../../src/indicators/oscillators/dpo.ts";
import { internalBarStrength } from "../../src/indicators/oscillators/internal-bar-strength.ts";
import { schaffTrendCycle } from "../../src/indicators/oscillators/schaff-trend-cycle.ts";
import { accelerationBands } from "../../src/indicators/trend/acceleration-bands.ts";
import { chandeKrollStop } from "../../src/indicators/trend/chande-kroll-stop.ts";
import { mcginley } from "../../src/indicators/trend/mcginley.ts";
import { vidya } from "../../src/indicators/trend/vidya.ts";
import { barsOf, expectLine, numbersOf, parseTable, testWithFile, type Tolerance } from "./vectors.ts";

interface Case extends Tolerance {
  readonly file: string;
  readonly create: () => Study;
  /** Our lines by the table's columns. */
  readonly lines: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  {
    file: "spy_acceleration_bands_20_4.txt",
    create: () => accelerationBands(20),
    lines: { MiddleBand: "middle", UpperBand: "upper", LowerBand: "lower" },
    absolute: 1e-4,
  },
  {
    // Its average true range counts the first bar's range and its lines begin before their windows are full.
    file: "spy_with_ChandeKrollStop.csv",
    create: () => chandeKrollStop(5, { multiplier: 2, stop: 3 }),
    lines: { short_stop: "short", long_stop: "long" },
    from: 150,
  },
  { file: "spy_with_McGinleyDynamic.csv", create: () => mcginley(14), lines: { McGinleyDynamic14: "value" } },
  { file: "spy_vidya.txt", create: () => vidya(9, { momentum: "wilder" }), lines: { VIDYA_9: "value" }, absolute: 0.001 },
  {
    // On row 252 the price stands still: the streak is then 0 by Connors' paper, here and in Skender's library, but not in LEAN.
    file: "spy_crsi.csv",
    create: () => connorsRsi(),
    lines: { crsi: "value" },
    to: 252,
  },
  { file: "spy_do.csv", create: () => derivativeOscillator(), lines: { DO: "value" } },
  { file: "spy_dpo.csv", create: () => dpo(21), lines: { DPO: "value" }, absolute: 1e-8 },
  {
    // It smooths from 0 where ours starts from the first stochastic; half of the difference goes with every bar.
    file: "spy_stc.txt",
    create: () => schaffTrendCycle(),
    lines: { STC: "value" },
    absolute: 1e-6,
    from: 150,
  },
  { file: "spy_with_ibs.csv", create: () => internalBarStrength(), lines: { IBS: "value" } },
];

describe.each(cases)("$file", ({ file, create, lines, ...tolerance }) => {
  testWithFile("its table is ours", `lean/${file}`, (text) => {
    const table = parseTable(text);
    const study = create();
    const results = study.over(barsOf(table));
    for (const [theirs, ours] of Object.entries(lines)) {
      expectLine(results[ours] as Float64Array, numbersOf(table[theirs]), { from: study.warmup - 1, ...tolerance });
    }
  });
});
