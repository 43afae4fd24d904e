import { createRandom, type Random } from "../base/random.ts";
import { allocateBars, type BarColumns } from "../domain/bar.ts";

/** Shapes of made-up markets that an indicator must survive. */
export const SAMPLE_SHAPES = ["walk", "spikes", "quiet", "flat", "ramp"] as const;
export type SampleShape = (typeof SAMPLE_SHAPES)[number];

/**
 * Bars of a made-up market on a grid of 0.01 around a price of 100, one a minute; the seed decides everything.
 * "quiet" has bars without range and without volume, "spikes" has single prices far off, "flat" and "ramp" leave nothing to chance.
 */
export function sampleBars(shape: SampleShape, length: number, seed = 1): BarColumns {
  const random = createRandom(seed);
  const columns = allocateBars(length);
  let close = 10_000;
  for (let row = 0; row < length; row += 1) {
    const open = shape === "walk" || shape === "spikes" ? close + random.integer(-8, 8) : close;
    close = Math.max(100, nextClose(shape, close, random));
    const isStill = shape === "flat" || (shape === "quiet" && random.next() < 0.4);
    if (isStill) close = open;
    const spike = shape === "spikes" && random.next() < 0.03 ? random.integer(1_000, 500_000) : 0;
    columns.openTime[row] = 1_700_000_000_000 + row * 60_000;
    columns.open[row] = open / 100;
    columns.high[row] = (Math.max(open, close) + spike + (isStill ? 0 : shape === "ramp" ? 5 : random.integer(0, 40))) / 100;
    columns.low[row] = Math.max(1, Math.min(open, close) - (isStill ? 0 : shape === "ramp" ? 5 : random.integer(0, 40))) / 100;
    columns.close[row] = close / 100;
    columns.volume[row] = shape === "flat" ? 1_000 : isStill ? 0 : random.integer(1, 100_000) / 8;
  }
  return columns;
}

function nextClose(shape: SampleShape, close: number, random: Random): number {
  if (shape === "flat") return close;
  if (shape === "ramp") return close + 10;
  return close + random.integer(-60, 60);
}

/** The same bars with all prices multiplied. */
export function scaledPrices(columns: BarColumns, factor: number): BarColumns {
  const scale = (column: Float64Array): Float64Array => column.map((value) => value * factor);
  return { ...columns, open: scale(columns.open), high: scale(columns.high), low: scale(columns.low), close: scale(columns.close) };
}
