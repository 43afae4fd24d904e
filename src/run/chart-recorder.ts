import { allocateBars, type BarColumns, sliceBars } from "../domain/bar.ts";
import { barOpenTime, canResample, timeframeMs, TIMEFRAMES, type Timeframe } from "../domain/timeframe.ts";

/** More candles than that help nobody and make a page heavy. */
const BARS_MAX = 10_000;

/** The bars that a report draws: the run's own timeframe, or a coarser one where that would be too many. */
export class ChartRecorder {
  readonly timeframe: Timeframe;
  readonly #bars: BarColumns;
  readonly #from: number;
  #length = 0;
  #closeTime = -Infinity;

  /** `fine` is the length of the bars that will come, `wanted` what the expert looks at. */
  constructor({ fine, wanted, from, to }: { fine: Timeframe; wanted: Timeframe; from: number; to: number }) {
    const duration = to - from;
    const fits = (timeframe: Timeframe): boolean =>
      timeframeMs(timeframe) >= timeframeMs(wanted) && canResample(fine, timeframe) && duration / timeframeMs(timeframe) <= BARS_MAX;
    this.timeframe = TIMEFRAMES.find(fits) ?? "1M";
    this.#bars = allocateBars(Math.max(1, Math.ceil(duration / timeframeMs(this.timeframe)) + 2));
    this.#from = from;
  }

  /** Takes rows `from` to `to` of the fine bars in; those before the run's first moment are left out. */
  push(columns: BarColumns, from: number, to: number): void {
    const bars = this.#bars;
    for (let row = from; row < to; row += 1) {
      const time = columns.openTime[row] as number;
      if (time < this.#from) continue;
      if (time >= this.#closeTime && !this.#open(columns, row, time)) return;
      const last = this.#length - 1;
      const high = columns.high[row] as number;
      const low = columns.low[row] as number;
      if (high > (bars.high[last] as number)) bars.high[last] = high;
      if (low < (bars.low[last] as number)) bars.low[last] = low;
      bars.close[last] = columns.close[row] as number;
      (bars.volume[last] as number) += columns.volume[row] as number;
    }
  }

  finish(): { readonly timeframe: Timeframe; readonly bars: BarColumns } {
    return { timeframe: this.timeframe, bars: sliceBars(this.#bars, 0, this.#length) };
  }

  /** Begins the bar that contains a row; false when there is no room, which a feed that keeps to its period never sees. */
  #open(columns: BarColumns, row: number, time: number): boolean {
    const bars = this.#bars;
    if (this.#length >= bars.length) return false;
    const openTime = barOpenTime(this.timeframe, time);
    const at = this.#length;
    bars.openTime[at] = openTime;
    bars.open[at] = columns.open[row] as number;
    bars.high[at] = columns.high[row] as number;
    bars.low[at] = columns.low[row] as number;
    bars.volume[at] = 0;
    // Months differ in length; the next one is found from the calendar when its first row comes.
    this.#closeTime = this.timeframe === "1M" ? barOpenTime("1M", openTime + 32 * 86_400_000) : openTime + timeframeMs(this.timeframe);
    this.#length += 1;
    return true;
  }
}
