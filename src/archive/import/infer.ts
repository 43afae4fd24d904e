import { DAY_MS, TIMEFRAMES, type Timeframe, timeframeMs } from "../../domain/timeframe.ts";

/** The length of bars, from the distance that most of them have; undefined when that is no timeframe's. */
export function inferTimeframe(times: Float64Array): Timeframe | undefined {
  const steps = new Map<number, number>();
  for (let row = 1; row < times.length; row += 1) {
    const step = (times[row] as number) - (times[row - 1] as number);
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  const [common = NaN] = [...steps].toSorted(([, one], [, other]) => other - one)[0] ?? [];
  const days = common / DAY_MS;
  if (days >= 28 && days <= 31) return "1M";
  return TIMEFRAMES.find((timeframe) => timeframe !== "1M" && timeframeMs(timeframe) === common);
}
