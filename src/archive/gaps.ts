import { barOpenTime, DAY_MS, type Timeframe, timeframeMs } from "../domain/timeframe.ts";

/** A stretch without bars between two bars. */
export interface Gap {
  /** Open time of the bar before. */
  readonly after: number;
  /** Open time of the bar behind. */
  readonly before: number;
  /** Bars that would stand between them. */
  readonly missing: number;
}

/**
 * Finds what is missing in a series of bars, row by row in the order of time. A bar fills the slot of the timeframe that its
 * open time lies in, so a bar that opens off the grid hides no gap and makes none.
 */
export class GapFinder {
  readonly gaps: Gap[] = [];
  missing = 0;
  readonly #timeframe: Timeframe;
  readonly #phase: number;
  #before = NaN;

  /** `phase` is by how much the source's bars open after ours: 3 days for weeks from Thursday. */
  constructor(timeframe: Timeframe, phase = 0) {
    this.#timeframe = timeframe;
    this.#phase = phase;
  }

  add(openTime: number): void {
    const before = this.#before;
    this.#before = openTime;
    if (Number.isNaN(before)) return;
    const missing = this.#slot(openTime) - this.#slot(before) - 1;
    if (missing <= 0) return;
    this.gaps.push({ after: before, before: openTime, missing });
    this.missing += missing;
  }

  #slot(time: number): number {
    if (this.#timeframe === "1M") {
      const date = new Date(time);
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    }
    return Math.round(barOpenTime(this.#timeframe, time - this.#phase) / timeframeMs(this.#timeframe));
  }
}

/**
 * By how much most bars of a series open after the grid's. Zero nearly always; weeks from Thursday, and the 3-day bars of
 * some exchanges, follow a grid of their own, which is no fault.
 */
export function phaseOf(timeframe: Timeframe, times: Float64Array): number {
  if (timeframe !== "1w" && timeframe !== "3d") return 0;
  const counts = new Map<number, number>();
  for (const time of times) {
    const phase = time - barOpenTime(timeframe, time);
    counts.set(phase, (counts.get(phase) ?? 0) + 1);
  }
  const [phase = 0] = [...counts].toSorted(([, one], [, other]) => other - one)[0] ?? [];
  return phase % DAY_MS === 0 ? phase : 0;
}
