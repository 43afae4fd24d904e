import type { IndicatorSpecification } from "../specification.ts";
import { candleSeries } from "./pattern-series.ts";
import { singleCandles } from "./pattern-single.ts";
import { threeCandles } from "./pattern-three.ts";
import { twoCandles } from "./pattern-two.ts";

/** Candlestick patterns: 100, −100 or 0 per bar, ±200 where TA-Lib gives it. */
export const pattern: readonly IndicatorSpecification[] = [...singleCandles, ...twoCandles, ...threeCandles, ...candleSeries];
