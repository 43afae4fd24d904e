import { createRandom } from "../../base/random.ts";
import { allocateBars, type BarColumns } from "../../domain/bar.ts";

/**
 * A made-up market on a grid of 0.01 around 10 in which every pattern turns up, the rarest once in some hundred thousand
 * bars. Candles open where traders look: at the last close, in the last body, beyond the last high. The seed decides everything.
 */
export function crowdedMarket(length: number, seed: number): BarColumns {
  const random = createRandom(seed);
  const pick = (choices: readonly number[]): number => choices[random.integer(0, choices.length - 1)] as number;
  const shadow = (): number => pick([0, 0, 0, 0, 1, 2, 6, 14]);
  const columns = allocateBars(length);
  let [open, high, low, close] = [1000, 1001, 999, 1000];
  let direction = 1;
  for (let row = 0; row < length; row += 1) {
    if (random.next() < 0.3) direction = -direction;
    const top = Math.max(open, close);
    const bottom = Math.min(open, close);
    const isLost = random.next() < 0.1;
    open = isLost
      ? random.integer(low - 8, high + 8)
      : pick([
          close,
          close,
          open,
          random.integer(bottom, top),
          random.integer(bottom - 3, top + 3),
          top + 1,
          bottom - 1,
          high + 1,
          low - 1,
        ]);
    close = open + direction * (random.next() < 0.6 ? pick([0, 1, 2, 3]) : pick([6, 8, 10, 16]));
    if (close < 900 || close > 1100) close = 1000;
    high = Math.max(open, close) + shadow();
    low = Math.min(open, close) - shadow();
    columns.openTime[row] = row * 60_000;
    columns.open[row] = open / 100;
    columns.high[row] = high / 100;
    columns.low[row] = low / 100;
    columns.close[row] = close / 100;
    columns.volume[row] = 1;
  }
  return columns;
}
