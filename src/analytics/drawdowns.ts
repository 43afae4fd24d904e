import { assert } from "../base/assert.ts";
import type { Numbers } from "./moments.ts";
import type { Drawdown } from "./run-record.ts";

/** Share lost from the highest value so far, at each value: 0 at a high, 0.25 a quarter below it. */
export function underwater(values: Numbers): Float64Array {
  let high = -Infinity;
  return Float64Array.from(values, (value) => {
    if (value >= high) high = value;
    return 1 - value / high;
  });
}

/** Every stretch below a high, in time order; the last has no recovery time when the high was not reached again. */
export function listDrawdowns(times: Numbers, equity: Numbers): Drawdown[] {
  assert(times.length === equity.length, "a drawdown needs one time for each equity");
  const drawdowns: Drawdown[] = [];
  let peak = 0;
  let trough = -1;
  for (let index = 0; index < equity.length; index += 1) {
    const value = equity[index] as number;
    if (value < (equity[peak] as number)) {
      if (trough < 0 || value < (equity[trough] as number)) trough = index;
      continue;
    }
    if (trough >= 0) drawdowns.push(between(times, equity, peak, trough, times[index] as number));
    peak = index;
    trough = -1;
  }
  if (trough >= 0) drawdowns.push(between(times, equity, peak, trough, NaN));
  return drawdowns;
}

/** The deepest drawdowns, deepest first. */
export function deepestDrawdowns(drawdowns: readonly Drawdown[], count: number): Drawdown[] {
  return drawdowns.toSorted((left, right) => right.ratio - left.ratio).slice(0, count);
}

function between(times: Numbers, equity: Numbers, peak: number, trough: number, recoveryTime: number): Drawdown {
  const peakEquity = equity[peak] as number;
  const troughEquity = equity[trough] as number;
  return {
    ratio: 1 - troughEquity / peakEquity,
    amount: peakEquity - troughEquity,
    peakTime: times[peak] as number,
    troughTime: times[trough] as number,
    recoveryTime,
    peakEquity,
    troughEquity,
  };
}
