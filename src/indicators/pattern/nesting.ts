import type { CandleSettings } from "./candle-settings.ts";
import type { Candles } from "./candles.ts";

/** Whether only bodies with both ends apart count as one within the other, or also bodies that share an end. */
export const ENDS = ["apart", "touching"] as const;
export type Ends = (typeof ENDS)[number];

/** Settings of a pattern with one body within another. */
export interface NestingOptions extends CandleSettings {
  /**
   * "touching" also reports bodies that share an end, with 80 and −80, as TA-Lib does since 0.6. A market that never closes
   * opens each candle where the last one closed, so its patterns are mostly of this kind. @default "apart"
   */
  readonly ends?: Ends;
}

/** How well one body lies within another: 100 with both ends apart, 80 with a shared end where that counts, otherwise 0. */
export function nesting(candles: Candles, inner: number, outer: number, ends: Ends): 100 | 80 | 0 {
  if (candles.top(inner) < candles.top(outer) && candles.bottom(inner) > candles.bottom(outer)) return 100;
  if (ends === "apart") return 0;
  return candles.top(inner) <= candles.top(outer) && candles.bottom(inner) >= candles.bottom(outer) ? 80 : 0;
}
