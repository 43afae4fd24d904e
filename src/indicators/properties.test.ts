/**
 * What holds for every indicator of the catalogue, whatever the bars:
 *
 * 1. Streaming and batch give the same numbers bit for bit, also after a reset and when one goes on where the other stopped.
 *    The same with NaN inside the series.
 * 2. A value does not depend on later bars, nor on columns the specification does not name.
 * 3. Values are NaN before the warm-up, then never, unless the specification says why; never Infinity.
 * 4. Multiplying prices by a power of two changes lines as the specification says.
 * 5. Parameters outside their range are refused with an error that names them; the stated defaults are the defaults.
 * 6. Lines are named as the specification says, and sources can be replaced.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../base/errors.ts";
import { BAR_COLUMN_NAMES, barAt, sliceBars, type BarColumns } from "../domain/bar.ts";
import { catalogue } from "./catalogue/catalogue.ts";
import type { Study } from "./indicator.ts";
import { sma } from "./overlap/sma.ts";
import { PairIndicator } from "./pair-indicator.ts";
import { SAMPLE_SHAPES, sampleBars, scaledPrices } from "./sample-bars.ts";
import { SeriesIndicator } from "./series-indicator.ts";
import type { IndicatorSpecification, Parameter, ParameterValues } from "./specification.ts";

const RUNS = 25;
const market = fc
  .record({ shape: fc.constantFrom(...SAMPLE_SHAPES), length: fc.integer({ min: 0, max: 160 }), seed: fc.nat(1_000_000) })
  .map(({ shape, length, seed }) => sampleBars(shape, length, seed));

describe.each(catalogue.map((specification) => [specification.name, specification] as const))("%s", (_name, specification) => {
  const settings = fc.record(Object.fromEntries(specification.parameters.map((parameter) => [parameter.name, values(parameter)])));
  const create = (parameters?: ParameterValues): Study => {
    try {
      return specification.create(parameters);
    } catch (error) {
      if (error instanceof ConfigurationError && specification.rule !== undefined && error.message.includes(specification.rule))
        fc.pre(false);
      throw error;
    }
  };

  test("streaming gives what the whole column gives, bit for bit", () => {
    fc.assert(
      fc.property(settings, market, fc.nat(160), (parameters, columns, cut) => {
        const study = create(parameters);
        const batch = study.over(columns);
        expectSame(stream(create(parameters), columns, 0), batch, 0);
        study.reset();
        expectSame(stream(study, columns, 0), batch, 0);
        const head = Math.min(cut, columns.length);
        study.over(sliceBars(columns, 0, head));
        expectSame(stream(study, columns, head), batch, head);
      }),
      { numRuns: RUNS },
    );
  });

  test("NaN inside a series does the same in streaming and in columns, and gives no infinity", () => {
    const holes = fc.array(fc.record({ row: fc.nat(159), column: fc.constantFrom(...specification.inputs) }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(settings, fc.nat(1_000_000), holes, (parameters, seed, missing) => {
        const columns = sampleBars("walk", 160, seed);
        for (const { row, column } of missing) if (column !== "openTime") columns[column][row] = NaN;
        const batch = create(parameters).over(columns);
        expectSame(stream(create(parameters), columns, 0), batch, 0);
        for (const line of specification.lines) expect(batch[line]?.some((value) => Math.abs(value) === Infinity)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  test("a value does not depend on later bars", () => {
    fc.assert(
      fc.property(settings, market, fc.nat(160), (parameters, columns, cut) => {
        const head = Math.min(cut, columns.length);
        const whole = create(parameters).over(columns);
        const part = create(parameters).over(sliceBars(columns, 0, head));
        for (const line of specification.lines) expect(Object.is(part[line]?.at(-1), whole[line]?.[head - 1])).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  test("a value depends only on the columns the specification names", () => {
    const columns = sampleBars("walk", 300, 5);
    const altered = { ...columns };
    for (const name of BAR_COLUMN_NAMES) {
      if (!specification.inputs.includes(name)) altered[name] = columns[name].map((value) => value + 1);
    }
    expectSame(create().over(altered), create().over(columns), 0);
  });

  test("values are NaN before the warm-up and numbers after it", () => {
    fc.assert(
      fc.property(settings, market, (parameters, columns) => {
        const study = create(parameters);
        const { warmup } = study;
        for (const [line, column] of Object.entries(study.over(columns))) {
          column.forEach((value, row) => {
            const place = `${line} row ${row} of ${columns.length}, warm-up ${warmup}: ${value}`;
            if (row + 1 < warmup) expect(value, place).toBeNaN();
            else if (specification.gaps === undefined) expect(Number.isFinite(value), place).toBe(true);
            else expect(Number.isFinite(value) || Number.isNaN(value), place).toBe(true);
          });
        }
      }),
      { numRuns: RUNS },
    );
  });

  test.each([
    ["no bar", sampleBars("walk", 0)],
    ["one bar", sampleBars("walk", 1)],
    ["one flat bar", sampleBars("flat", 1)],
    ["a flat series", sampleBars("flat", 400)],
    ["a ramp", sampleBars("ramp", 400)],
  ])("%s gives no infinity and no NaN after the warm-up", (_case, columns) => {
    const study = create();
    const { warmup } = study;
    for (const [line, column] of Object.entries(study.over(columns))) {
      column.forEach((value, row) => {
        const isFine = Number.isFinite(value) || (Number.isNaN(value) && (row + 1 < warmup || specification.gaps !== undefined));
        expect(isFine, `${line} row ${row}: ${value}`).toBe(true);
      });
    }
  });

  // What does not apply to an indicator is no test of it, rather than a skipped one.
  const { scaling, parameters, reads } = specification;
  const testScaling = scaling === undefined ? omit : test;
  const testParameters = parameters.length === 0 ? omit : test;
  const testSources = reads === "bars" ? omit : test;

  testScaling("multiplying prices by a power of two changes lines as stated", () => {
    fc.assert(
      fc.property(settings, fc.nat(1_000_000), (parameters, seed) => {
        const columns = sampleBars("walk", 120, seed);
        const plain = create(parameters).over(columns);
        const scaled = create(parameters).over(scaledPrices(columns, 4));
        for (const line of specification.lines) {
          const factor = factorOf(specification, line);
          plain[line]?.forEach((value, row) => {
            const expected = value * factor;
            const actual = scaled[line]?.[row] as number;
            if (Object.is(expected, actual)) return;
            expect(Math.abs(actual - expected), `${line} row ${row}: ${actual}, not ${expected}`).toBeLessThanOrEqual(
              1e-9 * Math.abs(expected),
            );
          });
        }
      }),
      { numRuns: RUNS },
    );
  });

  testParameters("parameters outside their range are refused by name", () => {
    for (const parameter of specification.parameters) {
      for (const value of outside(parameter)) {
        expect(() => create({ [parameter.name]: value }), `${parameter.name} = ${value}`).toThrow(ConfigurationError);
        expect(() => create({ [parameter.name]: value }), `${parameter.name} = ${value}`).toThrow(parameter.name);
      }
    }
  });

  test("the stated parameters, defaults and lines are the real ones", () => {
    const columns = sampleBars("walk", 300, 3);
    const stated = Object.fromEntries(specification.parameters.map((parameter) => [parameter.name, parameter.default]));
    const study = create(stated);
    expectSame(study.over(columns), create().over(columns), 0);
    expect(study.lines).toEqual(specification.lines);
    for (const line of specification.lines) {
      expect((study as unknown as Record<string, number>)[line], `property ${line}`).toBe(study.over(columns)[line]?.at(-1));
    }
    expect(study.value).toBe(study.over(columns)[specification.lines[0] as string]?.at(-1));
  });

  testSources("sources can be replaced and add their warm-up", () => {
    const columns = sampleBars("walk", 300, 4);
    const study = create();
    const { warmup } = study;
    if (study instanceof SeriesIndicator) {
      study.of(sma(3));
      expect(study.warmup).toBe(warmup + 2);
      const shifted = create() as SeriesIndicator<string>;
      shifted.of(() => NaN);
      expect(shifted.over(columns)[specification.lines[0] as string]?.every(Number.isNaN)).toBe(true);
      expectSame(stream(study, columns, 0, true), study.over(columns), 0);
    } else {
      expect(study).toBeInstanceOf(PairIndicator);
      (study as PairIndicator<string>).of(sma(3), "volume");
      expect(study.warmup).toBe(warmup + 2);
      expectSame(stream(study, columns, 0, true), study.over(columns), 0);
    }
  });
});

/** Values of a parameter worth trying: those in its range that fit a short series. */
function values(parameter: Parameter): fc.Arbitrary<number | string> {
  if (parameter.kind === "choice") return fc.constantFrom(...parameter.choices);
  if (parameter.kind === "integer") return fc.integer({ min: parameter.min, max: Math.max(parameter.min, Math.min(parameter.max, 30)) });
  const near = { min: Math.max(parameter.min, parameter.default - 10), max: Math.min(parameter.max, parameter.default + 10) };
  return fc.double({ ...near, noNaN: true });
}

function outside(parameter: Parameter): (number | string)[] {
  if (parameter.kind === "choice") return ["", "nonsense"];
  const beyond = [parameter.min - 1 - Math.abs(parameter.min), parameter.max + 1 + Math.abs(parameter.max)];
  return [...beyond, NaN, Infinity, ...(parameter.kind === "integer" ? [parameter.min + 0.5] : [])];
}

function factorOf({ scaling }: IndicatorSpecification, line: string): number {
  const rule = typeof scaling === "object" ? scaling[line] : scaling;
  return rule === "price" ? 4 : rule === "squared" ? 16 : 1;
}

/** The lines as streaming gives them from a row on. */
function stream(study: Study, columns: BarColumns, from: number, startAgain = false): Record<string, Float64Array> {
  if (startAgain) study.reset();
  const lines = Object.fromEntries(study.lines.map((line) => [line, new Float64Array(columns.length).fill(NaN)]));
  for (let row = from; row < columns.length; row += 1) {
    study.update(barAt(columns, row));
    for (const line of study.lines) (lines[line] as Float64Array)[row] = (study as unknown as Record<string, number>)[line] as number;
  }
  return lines;
}

function expectSame(actual: Readonly<Record<string, Float64Array>>, expected: Readonly<Record<string, Float64Array>>, from: number): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [line, column] of Object.entries(expected)) {
    for (let row = from; row < column.length; row += 1) {
      const own = actual[line]?.[row];
      if (!Object.is(own, column[row])) expect.fail(`${line} row ${row}: ${String(own)} is not ${String(column[row])}`);
    }
  }
}

/** Takes a test's place where it does not apply. */
function omit(_name: string, _body: () => void): void {}
