import { DAY_MS, MINUTE_MS, WEEK_MS } from "../../domain/timeframe.ts";

/** How lively the market is by the clock (UTC). Only the proportions matter; each list is scaled to a mean of 1. */
export interface Season {
  /** 24 values from midnight; minutes between two hours' middles are interpolated. */
  readonly hourVolatility: readonly number[];
  readonly hourVolume: readonly number[];
  /** 7 values from Monday. */
  readonly weekdayVolatility: readonly number[];
  readonly weekdayVolume: readonly number[];
  /** 60 values from the full hour: algorithms and candles act on round minutes. */
  readonly minuteVolatility: readonly number[];
  readonly minuteVolume: readonly number[];
}

/** Measured on BTCUSDT, Binance spot, 2022: mean high-low range and mean volume of the minutes of each group. */
export const BTCUSDT_SEASON: Season = {
  hourVolatility: [
    1.08, 0.93, 0.87, 0.82, 0.78, 0.77, 0.83, 0.86, 0.92, 0.84, 0.86, 0.89, 1.08, 1.28, 1.35, 1.26, 1.21, 1.09, 1.15, 1.14, 1.06, 0.93,
    1.01, 0.99,
  ],
  hourVolume: [
    1.01, 0.88, 0.87, 0.81, 0.78, 0.78, 0.87, 0.96, 0.99, 0.89, 0.92, 0.92, 1.18, 1.44, 1.55, 1.39, 1.27, 1.08, 1.13, 1.07, 0.91, 0.65,
    0.82, 0.84,
  ],
  weekdayVolatility: [1.1, 1.1, 1.15, 1.1, 1.07, 0.73, 0.75],
  weekdayVolume: [1.09, 1.16, 1.17, 1.1, 1.13, 0.67, 0.67],
  minuteVolatility: [
    1.19, 1.09, 1.08, 1.07, 1.01, 1.07, 1.04, 1.02, 0.98, 0.98, 1.02, 1.0, 0.99, 0.97, 0.94, 1.13, 1.04, 1.01, 0.99, 0.97, 1.01, 0.99, 0.97,
    0.96, 0.95, 1.01, 0.96, 0.95, 0.94, 0.91, 1.21, 1.1, 1.06, 1.04, 1.0, 1.04, 1.0, 0.98, 0.97, 0.96, 1.01, 0.98, 0.96, 0.95, 0.93, 1.11,
    1.03, 1.0, 0.98, 0.95, 1.02, 0.99, 0.95, 0.94, 0.94, 0.98, 0.95, 0.92, 0.92, 0.91,
  ],
  minuteVolume: [
    1.24, 1.12, 1.1, 1.09, 1.03, 1.05, 1.04, 1.03, 0.99, 0.99, 1.01, 1.0, 0.98, 0.97, 0.94, 1.06, 1.03, 1.02, 1.0, 0.98, 1.0, 0.99, 0.98,
    0.97, 0.95, 0.98, 0.96, 0.95, 0.94, 0.92, 1.18, 1.12, 1.07, 1.05, 1.03, 1.03, 1.01, 1.0, 0.97, 0.96, 1.0, 0.99, 0.97, 0.96, 0.94, 1.05,
    1.01, 0.98, 0.98, 0.95, 0.99, 0.98, 0.94, 0.94, 0.93, 0.96, 0.94, 0.92, 0.92, 0.93,
  ],
};

/** The same at every hour of every day. */
export const NO_SEASON: Season = {
  hourVolatility: Array<number>(24).fill(1),
  hourVolume: Array<number>(24).fill(1),
  weekdayVolatility: Array<number>(7).fill(1),
  weekdayVolume: Array<number>(7).fill(1),
  minuteVolatility: Array<number>(60).fill(1),
  minuteVolume: Array<number>(60).fill(1),
};

export const WEEK_MINUTES = WEEK_MS / MINUTE_MS;
const DAY_MINUTES = DAY_MS / MINUTE_MS;

/** Factors by minute of the week, counted from Thursday 00:00 UTC, on which the epoch began. */
export interface WeekFactors {
  /** On the deviation of the minute's return; mean square 1. */
  readonly volatility: Float64Array;
  /** On the volume; mean 1. */
  readonly volume: Float64Array;
}

export function weekFactors(season: Season): WeekFactors {
  const volatility = weekOf(season.hourVolatility, season.weekdayVolatility, season.minuteVolatility);
  const volume = weekOf(season.hourVolume, season.weekdayVolume, season.minuteVolume);
  const meanSquare = volatility.reduce((sum, factor) => sum + factor * factor, 0) / WEEK_MINUTES;
  const mean = volume.reduce((sum, factor) => sum + factor, 0) / WEEK_MINUTES;
  return {
    volatility: volatility.map((factor) => factor / Math.sqrt(meanSquare)),
    volume: volume.map((factor) => factor / mean),
  };
}

function weekOf(hours: readonly number[], weekdays: readonly number[], minutes: readonly number[]): Float64Array {
  return Float64Array.from({ length: WEEK_MINUTES }, (_, minute) => {
    const weekday = (Math.floor(minute / DAY_MINUTES) + 3) % 7;
    // An hour's value holds in its middle; before and after it shades into its neighbours.
    const position = (minute % DAY_MINUTES) / 60 - 0.5 + 24;
    const hour = Math.floor(position);
    const share = position - hour;
    const byHour = (hours[hour % 24] as number) * (1 - share) + (hours[(hour + 1) % 24] as number) * share;
    return byHour * (weekdays[weekday] as number) * (minutes[minute % 60] as number);
  });
}
