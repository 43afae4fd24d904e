export type { Indicator, LineColumns, Source, SourceName, Study } from "./indicator.ts";
export { BarIndicator } from "./bar-indicator.ts";
export { PairIndicator } from "./pair-indicator.ts";
export { SeriesIndicator } from "./series-indicator.ts";
export { catalogue } from "./catalogue/catalogue.ts";
export type { Group, IndicatorSpecification, InputName, Parameter, ParameterValues, Scaling, TalibEquivalent } from "./specification.ts";

// Overlap.
export { ema, type EmaOptions } from "./overlap/ema.ts";
export { sma } from "./overlap/sma.ts";

// Momentum.
export { macd, type MacdOptions } from "./momentum/macd.ts";
export { rsi } from "./momentum/rsi.ts";

// Volume.

// Volatility.
export { atr } from "./volatility/atr.ts";

// Price.

// Cycle.

// Statistics.

// Math.

// Pattern.

// Trend.

// Oscillators.

// Levels.

// Orderflow.

// Regime.
