export type { Indicator, LineColumns, Source, SourceName, Study } from "./indicator.ts";
export { BarIndicator } from "./bar-indicator.ts";
export { PairIndicator } from "./pair-indicator.ts";
export { SeriesIndicator } from "./series-indicator.ts";
export { catalogue } from "./catalogue/catalogue.ts";
export type { Group, IndicatorSpecification, InputName, Parameter, ParameterValues, Scaling, TalibEquivalent } from "./specification.ts";

// Overlap.
export { bbands, type BbandsOptions } from "./overlap/bbands.ts";
export { dema } from "./overlap/dema.ts";
export { ema, type EmaOptions } from "./overlap/ema.ts";
export { htTrendline } from "./overlap/ht-trendline.ts";
export { kama, type KamaOptions } from "./overlap/kama.ts";
export { ma, type Average } from "./overlap/ma.ts";
export { mama, type MamaOptions } from "./overlap/mama.ts";
export { mavp, type MavpOptions } from "./overlap/mavp.ts";
export { midpoint } from "./overlap/midpoint.ts";
export { midprice } from "./overlap/midprice.ts";
export { sar, type SarOptions } from "./overlap/sar.ts";
export { sarExt, type SarExtOptions } from "./overlap/sarext.ts";
export { sma } from "./overlap/sma.ts";
export { t3, type T3Options } from "./overlap/t3.ts";
export { tema } from "./overlap/tema.ts";
export { trima } from "./overlap/trima.ts";
export { wma } from "./overlap/wma.ts";

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
