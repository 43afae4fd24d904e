import { describe, expect, it } from "vitest";
import { barAt, sliceBars, type Bar, type BarColumns } from "../domain/bar.ts";
import type { Indicator, Study } from "../indicators/indicator.ts";
import { SAMPLE_SHAPES, sampleBars } from "../indicators/sample-bars.ts";

/** What is particular about an indicator under test. */
export interface IndicatorTestOptions {
  /** Further bars to run it over, beside made-up markets that wander, spike, stand still and rise evenly. */
  readonly bars?: BarColumns;
  /** Why a value may be NaN after the warm-up, where it may; without it every value is a number. */
  readonly gaps?: string;
}

/**
 * What every indicator promises, as tests: those of `update`, `value` and `warmup`, and, where the indicator has them, of
 * `lines`, `reset` and `over`. `create` makes a new one, always with the same settings.
 *
 * @example
 * testIndicator("my momentum", () => new MyMomentum(10));
 */
export function testIndicator(name: string, create: () => Indicator, options: IndicatorTestOptions = {}): void {
  const markets = samples(create().warmup, options.bars);
  describe(`${name}: indicator`, () => {
    testWarmup(create, markets, options);
    testBars(create, markets);
    if (isStudy(create())) testStudy(create as () => Study, markets);
  });
}

type Markets = readonly (readonly [shape: string, columns: BarColumns])[];

function samples(warmup: number, own: BarColumns | undefined): Markets {
  const length = 3 * (Number.isInteger(warmup) ? Math.min(Math.max(warmup, 20), 20_000) : 20) + 50;
  const made = SAMPLE_SHAPES.map((shape) => [shape, sampleBars(shape, length)] as const);
  return [
    ...made,
    ["one bar", sampleBars("walk", 1)],
    ["no bar", sampleBars("walk", 0)],
    ...(own === undefined ? [] : [["own bars", own] as const]),
  ];
}

function testWarmup(create: () => Indicator, markets: Markets, { gaps }: IndicatorTestOptions): void {
  it("states its warm-up as a whole number of bars, 1 or more", () => {
    const { warmup } = create();
    expect(Number.isInteger(warmup) && warmup >= 1, `warmup is ${warmup}`).toBe(true);
  });

  it("is NaN before its first bar", () => {
    expect(create().value).toBeNaN();
  });

  it.each(markets)("is NaN before the warm-up and a number after it (%s)", (_shape, columns) => {
    const { warmup } = create();
    stream(create(), columns).forEach((value, row) => {
      const place = `bar ${row + 1}, warm-up ${warmup}, value ${value}`;
      if (row + 1 < warmup) expect(value, place).toBeNaN();
      else expect(Number.isFinite(value) || (gaps !== undefined && Number.isNaN(value)), place).toBe(true);
    });
  });

  it("says the same when it is asked twice", () => {
    const indicator = create();
    const [, columns] = markets[0] as Markets[number];
    for (let row = 0; row < columns.length; row += 1) {
      indicator.update(barAt(columns, row));
      const first = indicator.value;
      expect(Object.is(indicator.value, first), `bar ${row + 1}`).toBe(true);
    }
  });
}

function testBars(create: () => Indicator, markets: Markets): void {
  it.each(markets)("gives the same values each time it is made anew (%s)", (_shape, columns) => {
    const first = stream(create(), columns);
    const other = create();
    const second = stream(create(), columns);
    expect(firstDifference(first, second)).toBeUndefined();
    expect(other.value, "one that has seen no bar").toBeNaN();
  });

  it.each(markets)("neither keeps nor changes the bar it is shown (%s)", (_shape, columns) => {
    const indicator = create();
    const shown: { -readonly [Name in keyof Bar]: Bar[Name] } = { openTime: 0, open: 0, high: 0, low: 0, close: 0, volume: 0 };
    const values: number[] = [];
    for (let row = 0; row < columns.length; row += 1) {
      Object.assign(shown, barAt(columns, row));
      indicator.update(shown);
      expect(shown, "the bar after the call").toEqual(barAt(columns, row));
      // The next reader gets another bar in the same object; what was kept of this one is now wrong.
      Object.assign(shown, { openTime: -1, open: -1, high: -1, low: -1, close: -1, volume: -1 });
      values.push(indicator.value);
    }
    expect(firstDifference(values, stream(create(), columns))).toBeUndefined();
  });
}

function testStudy(create: () => Study, markets: Markets): void {
  it("names its lines, each a property that holds the current value", () => {
    const study = create();
    const [, columns] = markets[0] as Markets[number];
    const last = Object.entries(study.over(columns)).map(([line, column]) => [line, column.at(-1)] as const);
    expect(last.map(([line]) => line)).toEqual([...study.lines]);
    for (const [line, value] of last) expect(lineOf(study, line), line).toBe(value);
    expect(study.value).toBe(last[0]?.[1]);
  });

  it.each(markets)("gives over columns what it gives bar by bar, to the last bit (%s)", (_shape, columns) => {
    const batch = create().over(columns);
    for (const line of create().lines) {
      expect(firstDifference([...(batch[line] as Float64Array)], stream(create(), columns, line)), line).toBeUndefined();
    }
  });

  it.each(markets)("goes on after columns where bar by bar it would stand (%s)", (_shape, columns) => {
    const head = Math.floor(columns.length / 2);
    const study = create();
    study.over(sliceBars(columns, 0, head));
    const rest = stream(study, sliceBars(columns, head, columns.length));
    expect(firstDifference(rest, stream(create(), columns).slice(head))).toBeUndefined();
  });

  it.each(markets)("starts again after a reset (%s)", (_shape, columns) => {
    const study = create();
    const first = stream(study, columns);
    study.reset();
    expect(study.value, "value after reset").toBeNaN();
    expect(firstDifference(first, stream(study, columns))).toBeUndefined();
  });
}

function stream(indicator: Indicator, columns: BarColumns, line?: string): number[] {
  return Array.from({ length: columns.length }, (_, row) => {
    indicator.update(Object.freeze(barAt(columns, row)));
    return line === undefined ? indicator.value : lineOf(indicator, line);
  });
}

function lineOf(indicator: Indicator, line: string): number {
  return (indicator as unknown as Readonly<Record<string, number>>)[line] as number;
}

function firstDifference(left: readonly number[], right: readonly number[]): string | undefined {
  const row = left.findIndex((value, index) => !Object.is(value, right[index]));
  if (row === -1) return left.length === right.length ? undefined : `${left.length} values, not ${right.length}`;
  return `bar ${row + 1}: ${String(left[row])} is not ${String(right[row])}`;
}

function isStudy(indicator: Indicator): indicator is Study {
  return "lines" in indicator && "over" in indicator && "reset" in indicator;
}
