import { counterattack } from "../pattern/counterattack.ts";
import { darkCloudCover } from "../pattern/dark-cloud-cover.ts";
import { dojiStar } from "../pattern/doji-star.ts";
import { engulfing } from "../pattern/engulfing.ts";
import { hammer } from "../pattern/hammer.ts";
import { hangingMan } from "../pattern/hanging-man.ts";
import { harami } from "../pattern/harami.ts";
import { haramiCross } from "../pattern/harami-cross.ts";
import { homingPigeon } from "../pattern/homing-pigeon.ts";
import { inNeck } from "../pattern/in-neck.ts";
import { invertedHammer } from "../pattern/inverted-hammer.ts";
import { kicking } from "../pattern/kicking.ts";
import { kickingByLength } from "../pattern/kicking-by-length.ts";
import { matchingLow } from "../pattern/matching-low.ts";
import { onNeck } from "../pattern/on-neck.ts";
import { piercing } from "../pattern/piercing.ts";
import { separatingLines } from "../pattern/separating-lines.ts";
import { shootingStar } from "../pattern/shooting-star.ts";
import { thrusting } from "../pattern/thrusting.ts";
import type { IndicatorSpecification } from "../specification.ts";
import { candlestick, nesting, penetrating } from "./pattern-entry.ts";

/** Candlestick patterns of two candles. */
export const twoCandles: readonly IndicatorSpecification[] = [
  candlestick({
    name: "counterattack",
    title: "Counterattack",
    talib: "CDLCOUNTERATTACK",
    create: counterattack,
    formula: "long candle, then a long one of the other colour with an equal close: 100 when it is white, −100 when black",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  penetrating({
    name: "darkCloudCover",
    title: "Dark cloud cover",
    talib: "CDLDARKCLOUDCOVER",
    penetration: 0.5,
    create: darkCloudCover,
    formula:
      "long white candle, then a black one opening above its high and closing inside its body, below close − penetration · body: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "dojiStar",
    title: "Doji star",
    talib: "CDLDOJISTAR",
    create: dojiStar,
    formula: "long candle, then a doji gapping up from a white one: −100, or down from a black one: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  nesting({
    name: "engulfing",
    title: "Engulfing",
    talib: "CDLENGULFING",
    create: engulfing,
    formula: "body of the other colour beyond both ends of the body before: 100 when it is white, −100 when black",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "hammer",
    title: "Hammer",
    talib: "CDLHAMMER",
    create: hammer,
    formula: "short body, long lower shadow, no upper one, body near or below the low before: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "hangingMan",
    title: "Hanging man",
    talib: "CDLHANGINGMAN",
    create: hangingMan,
    formula: "short body, long lower shadow, no upper one, body near or above the high before: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  nesting({
    name: "harami",
    title: "Harami",
    talib: "CDLHARAMI",
    create: harami,
    formula: "long body, then a short body within it: 100 after a black candle, −100 after a white one",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  nesting({
    name: "haramiCross",
    title: "Harami cross",
    talib: "CDLHARAMICROSS",
    create: haramiCross,
    formula: "long body, then a doji within it: 100 after a black candle, −100 after a white one",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "homingPigeon",
    title: "Homing pigeon",
    talib: "CDLHOMINGPIGEON",
    create: homingPigeon,
    formula: "long black candle, then a short black body within its body: 100",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "inNeck",
    title: "In-neck",
    talib: "CDLINNECK",
    create: inNeck,
    formula: "long black candle, then a white one opening below its low and closing at its close or up to equal above: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "invertedHammer",
    title: "Inverted hammer",
    talib: "CDLINVERTEDHAMMER",
    create: invertedHammer,
    formula: "short body, long upper shadow, no lower one, body gapping down: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "kicking",
    title: "Kicking",
    talib: "CDLKICKING",
    create: kicking,
    formula: "marubozu, then one of the other colour gapping away from it: 100 when the second is white, −100 when black",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "kickingByLength",
    title: "Kicking by length",
    talib: "CDLKICKINGBYLENGTH",
    create: kickingByLength,
    formula:
      "marubozu, then one of the other colour gapping away from it: 100 when the longer is white, −100 when black (the first when they are equal)",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "matchingLow",
    title: "Matching low",
    talib: "CDLMATCHINGLOW",
    create: matchingLow,
    formula: "two black candles with equal closes: 100",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "onNeck",
    title: "On-neck",
    talib: "CDLONNECK",
    create: onNeck,
    formula: "long black candle, then a white one opening below its low and closing equal to it: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "piercing",
    title: "Piercing line",
    talib: "CDLPIERCING",
    create: piercing,
    formula: "long black candle, then a long white one opening below its low and closing inside its body, above the middle: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "separatingLines",
    title: "Separating lines",
    talib: "CDLSEPARATINGLINES",
    create: separatingLines,
    formula:
      "candle, then one of the other colour with an equal open, a long body and no shadow where it opened: 100 when it is white, −100 when black",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "shootingStar",
    title: "Shooting star",
    talib: "CDLSHOOTINGSTAR",
    create: shootingStar,
    formula: "short body, long upper shadow, no lower one, body gapping up: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "thrusting",
    title: "Thrusting",
    talib: "CDLTHRUSTING",
    create: thrusting,
    formula:
      "long black candle, then a white one opening below its low and closing more than equal above its close, at most at the middle of its body: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
];
