/**
 * Indicators beyond TA-Lib's against Achelis' worked examples, as Tulip collected them, and against the tables of cinar's
 * library, save its Coppock curve, whose weights run from the newest number to the oldest.
 */
import { describe, expect } from "vitest";
import { columnsOf, type BarColumns } from "../../src/domain/bar.ts";
import type { Study } from "../../src/indicators/indicator.ts";
import { dpo } from "../../src/indicators/oscillators/dpo.ts";
import { forecastOscillator } from "../../src/indicators/oscillators/forecast-oscillator.ts";
import { kdj } from "../../src/indicators/oscillators/kdj.ts";
import { qstick } from "../../src/indicators/oscillators/qstick.ts";
import { accelerationBands } from "../../src/indicators/trend/acceleration-bands.ts";
import { smma } from "../../src/indicators/trend/smma.ts";
import { vhf } from "../../src/indicators/trend/vhf.ts";
import { barsOf, expectLine, numbersOf, parseTable, testWithFile, type Tolerance } from "./vectors.ts";

/** Name of the example, our indicator, the inputs in the file's order, and what the printed numbers may be off. */
const examples: readonly (readonly [string, () => Study, readonly ("open" | "close")[], number])[] = [
  ["dpo 6", () => dpo(6), ["close"], 1e-4],
  ["fosc 5", () => forecastOscillator(5), ["close"], 2e-3],
  ["qstick 4", () => qstick(4), ["open", "close"], 1e-4],
  ["vhf 5", () => vhf(5), ["close"], 1e-4],
  ["wilders 5", () => smma(5), ["close"], 1e-4],
];

describe.each(examples)("Achelis' %s", (name, create, inputs, absolute) => {
  testWithFile("its numbers are ours", "tulip/tests/atoz.txt", (text) => {
    const lines = text.split(/\r?\n/);
    const columns = lines.slice(lines.indexOf(name)).filter((line) => line.startsWith("{"));
    const rows = columns.slice(0, inputs.length + 1).map((line) => line.slice(1, line.indexOf("}")).split(",").map(Number));
    const expected = rows[inputs.length] as number[];
    const bars = barsFrom(inputs, rows);
    const study = create();
    const line = study.over(bars)["value"] as Float64Array;
    expect(bars.length - study.warmup + 1, "number of values").toBe(expected.length);
    expectLine(line.subarray(study.warmup - 1), expected, { absolute });
  });
});

const cinar: readonly (Tolerance & {
  readonly file: string;
  readonly create: () => Study;
  readonly lines: Readonly<Record<string, string>>;
})[] = [
  { file: "momentum/testdata/qstick.csv", create: () => qstick(20), lines: { Qstick: "value" }, absolute: 0.006 },
  { file: "trend/testdata/kdj.csv", create: () => kdj(9, { average: "sma" }), lines: { K: "k", D: "d", J: "j" }, absolute: 0.02 },
  {
    file: "volatility/testdata/acceleration_bands.csv",
    create: () => accelerationBands(20),
    lines: { Upper: "upper", Middle: "middle", Lower: "lower" },
    absolute: 0.006,
  },
];

describe.each(cinar)("cinar's $file", ({ file, create, lines, ...tolerance }) => {
  testWithFile("its table is ours", `cinar/${file}`, (text) => {
    const table = parseTable(text);
    const study = create();
    const results = study.over(barsOf(table));
    for (const [theirs, ours] of Object.entries(lines)) {
      expectLine(results[ours] as Float64Array, numbersOf(table[theirs]), { from: study.warmup - 1, ...tolerance });
    }
  });
});

function barsFrom(inputs: readonly ("open" | "close")[], rows: readonly (readonly number[])[]): BarColumns {
  const column = (name: "open" | "close"): readonly number[] => rows[Math.max(inputs.indexOf(name), 0)] as readonly number[];
  return columnsOf(
    column("close").map((close, row) => {
      const open = column("open")[row] as number;
      return { openTime: row, open, high: Math.max(open, close), low: Math.min(open, close), close, volume: 1 };
    }),
  );
}
