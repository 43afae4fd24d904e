import { DataError } from "../../base/errors.ts";
import type { BarColumns } from "../../domain/bar.ts";

/** Where a row stands, for messages. */
export interface Located {
  readonly title: string;
  readonly place: (row: number) => string;
}

/** Throws at the first bar that cannot be true: disorder, duplicates, prices that are none, a high below the low. */
export function checkBars(bars: BarColumns, where: Located): void {
  checkTimes(bars.openTime, bars.length, where, "rising");
  const { open, high, low, close, volume } = bars;
  for (let row = 0; row < bars.length; row += 1) {
    const top = high[row] as number;
    const bottom = low[row] as number;
    const first = open[row] as number;
    const last = close[row] as number;
    const isSound =
      bottom > 0 && bottom <= first && bottom <= last && top >= first && top >= last && top < Infinity && (volume[row] as number) >= 0;
    if (!isSound) throw new DataError(`${where.title}, ${where.place(row)}: ${describeBar(bars, row)}`);
  }
}

function describeBar(bars: BarColumns, row: number): string {
  for (const name of ["open", "high", "low", "close"] as const) {
    const value = bars[name][row] as number;
    if (!Number.isFinite(value)) return `column ${name} is not a number`;
    if (value <= 0) return `column ${name} is ${value}, and a price is above zero`;
  }
  const volume = bars.volume[row] as number;
  if (!(volume >= 0)) return `column volume is ${Number.isNaN(volume) ? "not a number" : `${volume}, and a volume is not below zero`}`;
  const [open, high, low, close] = [bars.open[row], bars.high[row], bars.low[row], bars.close[row]] as [number, number, number, number];
  const isHigh = high < Math.max(open, close, low);
  return isHigh
    ? `column high is ${high}, below ${high < open ? `the open ${open}` : high < close ? `the close ${close}` : `the low ${low}`}`
    : `column low is ${low}, above ${low > open ? `the open ${open}` : `the close ${close}`}`;
}

/** Throws at the first time that is not after the one before (`notFalling`: that is before it). */
export function checkTimes(times: Float64Array, rows: number, where: Located, order: "rising" | "notFalling"): void {
  for (let row = 1; row < rows; row += 1) {
    const step = (times[row] as number) - (times[row - 1] as number);
    if (step > 0 || (step === 0 && order === "notFalling")) continue;
    const time = new Date(times[row] as number).toISOString();
    const problem =
      step === 0
        ? `repeats the time of the row before, ${time}; keep one of the two`
        : `goes back in time, to ${time}; sort the file by time`;
    throw new DataError(`${where.title}, ${where.place(row)}: column time ${problem}`);
  }
}

/** Throws at the first value that is not a finite number, or is not above the limit. */
export function checkValues(
  values: Float64Array,
  rows: number,
  where: Located,
  { column, above }: { column: string; above: number },
): void {
  for (let row = 0; row < rows; row += 1) {
    const value = values[row] as number;
    if (value > above && value < Infinity) continue;
    const problem = Number.isFinite(value) ? `is ${value}, and must be above ${above}` : "is not a number";
    throw new DataError(`${where.title}, ${where.place(row)}: column ${column} ${problem}`);
  }
}
