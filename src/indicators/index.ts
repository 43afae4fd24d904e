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
export { adx } from "./momentum/adx.ts";
export { adxr } from "./momentum/adxr.ts";
export { apo, type PriceOscillatorOptions } from "./momentum/apo.ts";
export { aroon } from "./momentum/aroon.ts";
export { aroonOsc } from "./momentum/aroonosc.ts";
export { bop } from "./momentum/bop.ts";
export { cci } from "./momentum/cci.ts";
export { cmo } from "./momentum/cmo.ts";
export { dx } from "./momentum/dx.ts";
export { macd, type MacdOptions } from "./momentum/macd.ts";
export { macdExt, type MacdExtOptions } from "./momentum/macdext.ts";
export { macdFix } from "./momentum/macdfix.ts";
export { mfi, type MfiOptions } from "./momentum/mfi.ts";
export { minusDi } from "./momentum/minus-di.ts";
export { minusDm } from "./momentum/minus-dm.ts";
export { mom } from "./momentum/mom.ts";
export { plusDi } from "./momentum/plus-di.ts";
export { plusDm } from "./momentum/plus-dm.ts";
export { ppo } from "./momentum/ppo.ts";
export { roc } from "./momentum/roc.ts";
export { rocp } from "./momentum/rocp.ts";
export { rocr } from "./momentum/rocr.ts";
export { rocr100 } from "./momentum/rocr100.ts";
export { rsi } from "./momentum/rsi.ts";
export { stoch, type StochOptions } from "./momentum/stoch.ts";
export { stochF, type StochFOptions } from "./momentum/stochf.ts";
export { stochRsi, type StochRsiOptions } from "./momentum/stochrsi.ts";
export { trix } from "./momentum/trix.ts";
export { ultOsc, type UltOscOptions } from "./momentum/ultosc.ts";
export { willr } from "./momentum/willr.ts";

// Volume.
export { ad } from "./volume/ad.ts";
export { adOsc, type AdOscOptions } from "./volume/adosc.ts";
export { cmf } from "./volume/cmf.ts";
export { emv, type EmvOptions } from "./volume/emv.ts";
export { forceIndex } from "./volume/force-index.ts";
export { klinger, type KlingerOptions } from "./volume/klinger.ts";
export { marketFacilitation } from "./volume/market-facilitation.ts";
export { nvi, type NviOptions } from "./volume/nvi.ts";
export { obv } from "./volume/obv.ts";
export { pvi, type PviOptions } from "./volume/pvi.ts";
export { pvo, type PvoOptions } from "./volume/pvo.ts";
export { pvt } from "./volume/pvt.ts";
export { volumeOscillator, type VolumeOscillatorOptions } from "./volume/volume-oscillator.ts";
export { vwma } from "./volume/vwma.ts";
export { wad } from "./volume/wad.ts";

// Volatility.
export type { AnnualOptions } from "./volatility/annual.ts";
export { atr } from "./volatility/atr.ts";
export { bandwidth, type BandwidthOptions } from "./volatility/bandwidth.ts";
export { chaikinVolatility, type ChaikinVolatilityOptions } from "./volatility/chaikin-volatility.ts";
export { choppiness, type ChoppinessOptions } from "./volatility/choppiness.ts";
export { donchian } from "./volatility/donchian.ts";
export { garmanKlass } from "./volatility/garman-klass.ts";
export { historicalVolatility, type HistoricalVolatilityOptions } from "./volatility/historical-volatility.ts";
export { keltner, type KeltnerOptions } from "./volatility/keltner.ts";
export { massIndex, type MassIndexOptions } from "./volatility/mass-index.ts";
export { natr } from "./volatility/natr.ts";
export { parkinson } from "./volatility/parkinson.ts";
export { percentB, type PercentBOptions } from "./volatility/percent-b.ts";
export { relativeVolatility, type RelativeVolatilityOptions } from "./volatility/relative-volatility.ts";
export { rogersSatchell } from "./volatility/rogers-satchell.ts";
export { trange } from "./volatility/trange.ts";
export { trueRangePercent } from "./volatility/true-range-percent.ts";
export { ulcerIndex } from "./volatility/ulcer-index.ts";
export { yangZhang } from "./volatility/yang-zhang.ts";

// Price.
export { avgPrice } from "./price/avgprice.ts";
export { heikinAshi } from "./price/heikin-ashi.ts";
export { logReturn } from "./price/log-return.ts";
export { medPrice } from "./price/medprice.ts";
export { typPrice } from "./price/typprice.ts";
export { wclPrice } from "./price/wclprice.ts";

// Cycle.
export { htDcPeriod } from "./cycle/ht-dcperiod.ts";
export { htDcPhase } from "./cycle/ht-dcphase.ts";
export { htPhasor } from "./cycle/ht-phasor.ts";
export { htSine } from "./cycle/ht-sine.ts";
export { htTrendMode } from "./cycle/ht-trendmode.ts";

// Statistics.
export { autocorrelation, type AutocorrelationOptions } from "./statistics/autocorrelation.ts";
export { beta } from "./statistics/beta.ts";
export { correl } from "./statistics/correl.ts";
export { entropy } from "./statistics/entropy.ts";
export { hurst } from "./statistics/hurst.ts";
export { kurtosis } from "./statistics/kurtosis.ts";
export { lagHurst, type LagHurstOptions } from "./statistics/lag-hurst.ts";
export { linearReg } from "./statistics/linearreg.ts";
export { linearRegAngle } from "./statistics/linearreg-angle.ts";
export { linearRegChannel, type LinearRegChannelOptions } from "./statistics/linear-reg-channel.ts";
export { linearRegIntercept } from "./statistics/linearreg-intercept.ts";
export { linearRegSlope } from "./statistics/linearreg-slope.ts";
export { meanDeviation } from "./statistics/mean-deviation.ts";
export { median } from "./statistics/median.ts";
export { medianDeviation } from "./statistics/median-deviation.ts";
export type { Method, MethodOptions } from "./statistics/method.ts";
export { percentRank } from "./statistics/percent-rank.ts";
export { rSquared } from "./statistics/r-squared.ts";
export { skewness } from "./statistics/skewness.ts";
export { standardError } from "./statistics/standard-error.ts";
export { stdDev, type StdDevOptions } from "./statistics/stddev.ts";
export { tsf } from "./statistics/tsf.ts";
export { variance, type VarianceOptions } from "./statistics/variance.ts";
export { zScore } from "./statistics/z-score.ts";

// Math.
export { acos } from "./math/acos.ts";
export { add } from "./math/add.ts";
export { asin } from "./math/asin.ts";
export { atan } from "./math/atan.ts";
export { ceil } from "./math/ceil.ts";
export { cos } from "./math/cos.ts";
export { cosh } from "./math/cosh.ts";
export { div } from "./math/div.ts";
export { exp } from "./math/exp.ts";
export { floor } from "./math/floor.ts";
export { ln } from "./math/ln.ts";
export { log10 } from "./math/log10.ts";
export { max } from "./math/max.ts";
export { maxIndex } from "./math/max-index.ts";
export { min } from "./math/min.ts";
export { minIndex } from "./math/min-index.ts";
export { minMax } from "./math/min-max.ts";
export { minMaxIndex } from "./math/min-max-index.ts";
export { mult } from "./math/mult.ts";
export { sin } from "./math/sin.ts";
export { sinh } from "./math/sinh.ts";
export { sqrt } from "./math/sqrt.ts";
export { sub } from "./math/sub.ts";
export { sum } from "./math/sum.ts";
export { tan } from "./math/tan.ts";
export { tanh } from "./math/tanh.ts";

// Pattern.
export type { CandlePattern } from "./pattern/candle-pattern.ts";
export {
  DEFAULT_CANDLE_SETTINGS,
  type CandleMeasure,
  type CandleSetting,
  type CandleSettingName,
  type CandleSettings,
  type PenetrationOptions,
} from "./pattern/candle-settings.ts";
export type { Ends, NestingOptions } from "./pattern/nesting.ts";
export { abandonedBaby } from "./pattern/abandoned-baby.ts";
export { advanceBlock } from "./pattern/advance-block.ts";
export { beltHold } from "./pattern/belt-hold.ts";
export { breakaway } from "./pattern/breakaway.ts";
export { closingMarubozu } from "./pattern/closing-marubozu.ts";
export { concealingBabySwallow } from "./pattern/concealing-baby-swallow.ts";
export { counterattack } from "./pattern/counterattack.ts";
export { darkCloudCover } from "./pattern/dark-cloud-cover.ts";
export { dojiStar } from "./pattern/doji-star.ts";
export { doji } from "./pattern/doji.ts";
export { dragonflyDoji } from "./pattern/dragonfly-doji.ts";
export { engulfing, type EngulfingOptions } from "./pattern/engulfing.ts";
export { eveningDojiStar } from "./pattern/evening-doji-star.ts";
export { eveningStar } from "./pattern/evening-star.ts";
export { gapSideBySideWhite } from "./pattern/gap-side-by-side-white.ts";
export { gapThreeMethods } from "./pattern/gap-three-methods.ts";
export { gravestoneDoji } from "./pattern/gravestone-doji.ts";
export { hammer } from "./pattern/hammer.ts";
export { hangingMan } from "./pattern/hanging-man.ts";
export { haramiCross } from "./pattern/harami-cross.ts";
export { harami } from "./pattern/harami.ts";
export { highWave } from "./pattern/high-wave.ts";
export { hikkake } from "./pattern/hikkake.ts";
export { homingPigeon } from "./pattern/homing-pigeon.ts";
export { identicalThreeCrows } from "./pattern/identical-three-crows.ts";
export { inNeck } from "./pattern/in-neck.ts";
export { invertedHammer } from "./pattern/inverted-hammer.ts";
export { kickingByLength } from "./pattern/kicking-by-length.ts";
export { kicking } from "./pattern/kicking.ts";
export { ladderBottom } from "./pattern/ladder-bottom.ts";
export { longLeggedDoji } from "./pattern/long-legged-doji.ts";
export { longLine } from "./pattern/long-line.ts";
export { marubozu } from "./pattern/marubozu.ts";
export { matHold } from "./pattern/mat-hold.ts";
export { matchingLow } from "./pattern/matching-low.ts";
export { modifiedHikkake } from "./pattern/modified-hikkake.ts";
export { morningDojiStar } from "./pattern/morning-doji-star.ts";
export { morningStar } from "./pattern/morning-star.ts";
export { onNeck } from "./pattern/on-neck.ts";
export { piercing } from "./pattern/piercing.ts";
export { rickshawMan } from "./pattern/rickshaw-man.ts";
export { risingFallingThreeMethods } from "./pattern/rising-falling-three-methods.ts";
export { separatingLines } from "./pattern/separating-lines.ts";
export { shootingStar } from "./pattern/shooting-star.ts";
export { shortLine } from "./pattern/short-line.ts";
export { spinningTop } from "./pattern/spinning-top.ts";
export { stalledPattern } from "./pattern/stalled-pattern.ts";
export { stickSandwich } from "./pattern/stick-sandwich.ts";
export { takuri } from "./pattern/takuri.ts";
export { tasukiGap } from "./pattern/tasuki-gap.ts";
export { threeBlackCrows } from "./pattern/three-black-crows.ts";
export { threeInside } from "./pattern/three-inside.ts";
export { threeLineStrike } from "./pattern/three-line-strike.ts";
export { threeOutside } from "./pattern/three-outside.ts";
export { threeStarsInTheSouth } from "./pattern/three-stars-in-the-south.ts";
export { threeWhiteSoldiers } from "./pattern/three-white-soldiers.ts";
export { thrusting } from "./pattern/thrusting.ts";
export { tristar } from "./pattern/tristar.ts";
export { twoCrows } from "./pattern/two-crows.ts";
export { uniqueThreeRiver } from "./pattern/unique-three-river.ts";
export { upsideGapTwoCrows } from "./pattern/upside-gap-two-crows.ts";

// Trend.

// Oscillators.
export { elderRay } from "./oscillators/elder-ray.ts";
export { accelerator, type AcceleratorOptions } from "./oscillators/accelerator.ts";
export { awesome, type AwesomeOptions } from "./oscillators/awesome.ts";
export { centerOfGravity } from "./oscillators/center-of-gravity.ts";
export { connorsRsi, type ConnorsRsiOptions } from "./oscillators/connors-rsi.ts";
export { coppock, type CoppockOptions } from "./oscillators/coppock.ts";
export { correlationTrend } from "./oscillators/correlation-trend.ts";
export { derivativeOscillator, type DerivativeOscillatorOptions } from "./oscillators/derivative-oscillator.ts";
export { disparity, type DisparityOptions } from "./oscillators/disparity.ts";
export { dpo } from "./oscillators/dpo.ts";
export { efficiencyRatio } from "./oscillators/efficiency-ratio.ts";
export { elderImpulse, type ElderImpulseOptions } from "./oscillators/elder-impulse.ts";
export { fisher } from "./oscillators/fisher.ts";
export { forecastOscillator } from "./oscillators/forecast-oscillator.ts";
export { inertia, type InertiaOptions } from "./oscillators/inertia.ts";
export { internalBarStrength } from "./oscillators/internal-bar-strength.ts";
export { intradayMomentum } from "./oscillators/intraday-momentum.ts";
export { kdj, type KdjOptions } from "./oscillators/kdj.ts";
export { kst, type KstOptions } from "./oscillators/kst.ts";
export { laguerreRsi } from "./oscillators/laguerre-rsi.ts";
export { pmo, type PmoOptions } from "./oscillators/pmo.ts";
export { prettyGood } from "./oscillators/pretty-good.ts";
export { psychological } from "./oscillators/psychological.ts";
export { qqe, type QqeOptions } from "./oscillators/qqe.ts";
export { qstick } from "./oscillators/qstick.ts";
export { roofing, type RoofingOptions } from "./oscillators/roofing.ts";
export { rvgi } from "./oscillators/rvgi.ts";
export { schaffTrendCycle, type SchaffTrendCycleOptions } from "./oscillators/schaff-trend-cycle.ts";
export { slowStochRsi, type SlowStochRsiOptions } from "./oscillators/slow-stoch-rsi.ts";
export { smi, type SmiOptions } from "./oscillators/smi.ts";
export { squeeze, type SqueezeOptions } from "./oscillators/squeeze.ts";
export { tsi, type TsiOptions } from "./oscillators/tsi.ts";
export { waveTrend, type WaveTrendOptions } from "./oscillators/wave-trend.ts";

// Levels.

// Orderflow.

// Regime.

// Trend.
export { accelerationBands, type AccelerationBandsOptions } from "./trend/acceleration-bands.ts";
export { alligator, type AlligatorOptions } from "./trend/alligator.ts";
export { alma, type AlmaOptions } from "./trend/alma.ts";
export { chandeKrollStop, type ChandeKrollStopOptions } from "./trend/chande-kroll-stop.ts";
export { chandelierExit, type ChandelierExitOptions } from "./trend/chandelier-exit.ts";
export { decycler } from "./trend/decycler.ts";
export { frama } from "./trend/frama.ts";
export { gator } from "./trend/gator.ts";
export { hma } from "./trend/hma.ts";
export { ichimoku, type IchimokuOptions } from "./trend/ichimoku.ts";
export { laguerre, type LaguerreOptions } from "./trend/laguerre.ts";
export { maEnvelope, type MaEnvelopeOptions } from "./trend/ma-envelope.ts";
export { mcginley, type McGinleyOptions } from "./trend/mcginley.ts";
export { regressionChannel, type RegressionChannelOptions } from "./trend/regression-channel.ts";
export { smma } from "./trend/smma.ts";
export { starc, type StarcOptions } from "./trend/starc.ts";
export { superSmoother } from "./trend/super-smoother.ts";
export { supertrend, type SupertrendOptions } from "./trend/supertrend.ts";
export { vhf } from "./trend/vhf.ts";
export { vidya, type VidyaOptions } from "./trend/vidya.ts";
export { volatilityStop, type VolatilityStopOptions } from "./trend/volatility-stop.ts";
export { vortex } from "./trend/vortex.ts";
export { zlema } from "./trend/zlema.ts";

// Levels.
export { anchoredVwap, type AnchoredVwapOptions } from "./levels/anchored-vwap.ts";
export { fractals } from "./levels/fractals.ts";
export { pivotPoints, type PivotPointsOptions } from "./levels/pivot-points.ts";
export { rollingPivots, type RollingPivotsOptions } from "./levels/rolling-pivots.ts";
export { sessionLevels } from "./levels/session-levels.ts";
export { supportResistance, type SupportResistanceOptions } from "./levels/support-resistance.ts";
export { volumeProfile, type VolumeProfileOptions } from "./levels/volume-profile.ts";
export { vwap, type VwapOptions } from "./levels/vwap.ts";
export { zigZag } from "./levels/zig-zag.ts";
export type { PivotKind } from "./levels/pivot-levels.ts";
export type { SessionName, SessionOptions } from "./levels/session.ts";

// Order flow.
export { cvd, type CvdOptions } from "./orderflow/cvd.ts";
export { delta } from "./orderflow/delta.ts";
export { imbalance } from "./orderflow/imbalance.ts";
export { TradeIndicator, type TradeStudy } from "./orderflow/trade-study.ts";
export { tradeCvd } from "./orderflow/trade-cvd.ts";
export { tradeDelta, type TradeDeltaOptions } from "./orderflow/trade-delta.ts";
export { tradeImbalance } from "./orderflow/trade-imbalance.ts";

// Regime.
export { changePoint, type ChangePointOptions } from "./regime/change-point.ts";
export { cusum, type CusumOptions } from "./regime/cusum.ts";
export { hiddenMarkov, type HiddenMarkovOptions } from "./regime/hidden-markov.ts";
export { MARKET_REGIMES, marketRegime, type MarketRegimeOptions } from "./regime/market-regime.ts";
