import type { Bar } from "../../domain/bar.ts";
import type { Indicator } from "../indicator.ts";

/** An even number of candles, more than any pattern needs for its averages. */
const QUIET = 20;

/**
 * What a pattern says on each of the drawn candles, after a quiet market around 100.
 *
 * A candle is drawn as "open high low close". The quiet candles go from 99 to 101 and back with shadows of 1, so a body is
 * long above 2, a doji's up to 0.4, a shadow short below 1 and very short below 0.4; near is 0.8, far 2.4 and equal 0.2.
 */
export function readings(pattern: Indicator, ...candles: readonly string[]): number[] {
  for (let index = 0; index < QUIET; index += 1) pattern.update(drawn(index % 2 === 0 ? "99 102 98 101" : "101 102 98 99"));
  return candles.map((candle) => {
    pattern.update(drawn(candle));
    return pattern.value;
  });
}

/** What a pattern says on the last of the drawn candles; see `readings`. */
export function reading(pattern: Indicator, ...candles: readonly string[]): number {
  return readings(pattern, ...candles).at(-1) ?? NaN;
}

function drawn(candle: string): Bar {
  const [open = NaN, high = NaN, low = NaN, close = NaN] = candle.split(" ").map(Number);
  return { openTime: 0, open, high, low, close, volume: 1 };
}
