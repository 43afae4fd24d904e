import { breakaway } from "../pattern/breakaway.ts";
import { concealingBabySwallow } from "../pattern/concealing-baby-swallow.ts";
import { hikkake } from "../pattern/hikkake.ts";
import { ladderBottom } from "../pattern/ladder-bottom.ts";
import { matHold } from "../pattern/mat-hold.ts";
import { modifiedHikkake } from "../pattern/modified-hikkake.ts";
import { risingFallingThreeMethods } from "../pattern/rising-falling-three-methods.ts";
import { threeBlackCrows } from "../pattern/three-black-crows.ts";
import { threeLineStrike } from "../pattern/three-line-strike.ts";
import type { IndicatorSpecification } from "../specification.ts";
import { candlestick, penetrating } from "./pattern-entry.ts";

/** Candlestick patterns of four candles and more. */
export const candleSeries: readonly IndicatorSpecification[] = [
  candlestick({
    name: "threeBlackCrows",
    title: "Three black crows",
    talib: "CDL3BLACKCROWS",
    create: threeBlackCrows,
    formula:
      "white candle; three black ones without lower shadows, closes falling, opens within the body before, the first close below the white high: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "threeLineStrike",
    title: "Three-line strike",
    talib: "CDL3LINESTRIKE",
    create: threeLineStrike,
    formula:
      "three candles of one colour, closes stepping on, opens within or near the body before; then one of the other colour opening beyond the third close and closing beyond the first open: 100 after white, −100 after black",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "breakaway",
    title: "Breakaway",
    talib: "CDLBREAKAWAY",
    create: breakaway,
    formula:
      "long candle; second of its colour gapping on; third and fourth (of the colour) with highs and lows stepping on; fifth of the other colour closing in the gap: 100 when it is white, −100 when black",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "concealingBabySwallow",
    title: "Concealing baby swallow",
    talib: "CDLCONCEALBABYSWALL",
    create: concealingBabySwallow,
    formula:
      "four black candles: two without shadows; a third gapping down with an upper shadow and its high above the second close; a fourth with a higher high and a lower low: 100",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "ladderBottom",
    title: "Ladder bottom",
    talib: "CDLLADDERBOTTOM",
    create: ladderBottom,
    formula:
      "three black candles with falling opens and closes; black candle with an upper shadow; white candle opening above its open and closing above its high: 100",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  penetrating({
    name: "matHold",
    title: "Mat hold",
    talib: "CDLMATHOLD",
    penetration: 0.5,
    create: matHold,
    formula:
      "long white body; short black body gapping up; two short bodies falling, partly in the first body, above its close − penetration · body; white candle opening above the close before and closing above all highs of the three: 100",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "risingFallingThreeMethods",
    title: "Rising and falling three methods",
    talib: "CDLRISEFALL3METHODS",
    create: risingFallingThreeMethods,
    formula:
      "long candle; three short ones of the other colour, closes drifting back, bodies partly within its range; long one of the first colour opening beyond the close before and closing beyond the first close: 100 rising, −100 falling",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "hikkake",
    title: "Hikkake",
    talib: "CDLHIKKAKE",
    create: hikkake,
    formula:
      "bar within the range of the one before, then one with a lower high and low (100) or a higher high and low (−100); a close beyond the inside bar the other way within three bars: 200 or −200",
    source: "Daniel L. Chesler, Trading False Moves with the Hikkake Pattern, Active Trader (April 2004)",
  }),
  candlestick({
    name: "modifiedHikkake",
    title: "Modified hikkake",
    talib: "CDLHIKKAKEMOD",
    create: modifiedHikkake,
    formula:
      "two inside bars in a row, the first closing near its low (high), then a bar with a lower high and low: 100 (a higher high and low: −100); a close beyond the second inside bar the other way within three bars: 200 or −200",
    source: "Daniel L. Chesler, Trading False Moves with the Hikkake Pattern, Active Trader (April 2004)",
  }),
];
