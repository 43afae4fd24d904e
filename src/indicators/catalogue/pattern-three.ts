import { abandonedBaby } from "../pattern/abandoned-baby.ts";
import { advanceBlock } from "../pattern/advance-block.ts";
import { eveningDojiStar } from "../pattern/evening-doji-star.ts";
import { eveningStar } from "../pattern/evening-star.ts";
import { gapSideBySideWhite } from "../pattern/gap-side-by-side-white.ts";
import { gapThreeMethods } from "../pattern/gap-three-methods.ts";
import { identicalThreeCrows } from "../pattern/identical-three-crows.ts";
import { morningDojiStar } from "../pattern/morning-doji-star.ts";
import { morningStar } from "../pattern/morning-star.ts";
import { stalledPattern } from "../pattern/stalled-pattern.ts";
import { stickSandwich } from "../pattern/stick-sandwich.ts";
import { tasukiGap } from "../pattern/tasuki-gap.ts";
import { threeInside } from "../pattern/three-inside.ts";
import { threeOutside } from "../pattern/three-outside.ts";
import { threeStarsInTheSouth } from "../pattern/three-stars-in-the-south.ts";
import { threeWhiteSoldiers } from "../pattern/three-white-soldiers.ts";
import { tristar } from "../pattern/tristar.ts";
import { twoCrows } from "../pattern/two-crows.ts";
import { uniqueThreeRiver } from "../pattern/unique-three-river.ts";
import { upsideGapTwoCrows } from "../pattern/upside-gap-two-crows.ts";
import type { IndicatorSpecification } from "../specification.ts";
import { candlestick, penetrating } from "./pattern-entry.ts";

/** Candlestick patterns of three candles. */
export const threeCandles: readonly IndicatorSpecification[] = [
  candlestick({
    name: "twoCrows",
    title: "Two crows",
    talib: "CDL2CROWS",
    create: twoCrows,
    formula: "long white body, black body gapping up, black candle from inside the second body to inside the first: −100",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "threeInside",
    title: "Three inside up and down",
    talib: "CDL3INSIDE",
    create: threeInside,
    formula: "long body, short body within it, then a candle of the other colour closing beyond the first open: 100 up, −100 down",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "threeOutside",
    title: "Three outside up and down",
    talib: "CDL3OUTSIDE",
    create: threeOutside,
    formula: "body of the other colour beyond both ends of the body before, then a close beyond its close: 100 up, −100 down",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "threeStarsInTheSouth",
    title: "Three stars in the south",
    talib: "CDL3STARSINSOUTH",
    create: threeStarsInTheSouth,
    formula:
      "long black candle with a long lower shadow; smaller black one opening above the first close within its range, low between first low and close, with a lower shadow; short black marubozu within the second range: 100",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "threeWhiteSoldiers",
    title: "Three white soldiers",
    talib: "CDL3WHITESOLDIERS",
    create: threeWhiteSoldiers,
    formula:
      "three white candles without upper shadows, closes rising, opens above the open before and at most near above its close, bodies not far shorter, the third not short: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  penetrating({
    name: "abandonedBaby",
    title: "Abandoned baby",
    talib: "CDLABANDONEDBABY",
    penetration: 0.3,
    create: abandonedBaby,
    formula:
      "long body, doji gapping away, then a body of the other colour that is not short, gaps back and closes beyond the first close by penetration · body: 100 at a bottom, −100 at a top",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "advanceBlock",
    title: "Advance block",
    talib: "CDLADVANCEBLOCK",
    create: advanceBlock,
    formula:
      "three white candles, closes rising, opens within or near the body before, the first long with a short upper shadow, and a sign of weakness: second far smaller and third no larger; third far smaller; bodies shrinking with an upper shadow that is not short; or third smaller with a long upper shadow: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  penetrating({
    name: "eveningDojiStar",
    title: "Evening doji star",
    talib: "CDLEVENINGDOJISTAR",
    penetration: 0.3,
    create: eveningDojiStar,
    formula:
      "long white body, a doji gapping up, then a black body that is not short and closes below the first close − penetration · body: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  penetrating({
    name: "eveningStar",
    title: "Evening star",
    talib: "CDLEVENINGSTAR",
    penetration: 0.3,
    create: eveningStar,
    formula:
      "long white body, a short body gapping up, then a black body that is not short and closes below the first close − penetration · body: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "gapSideBySideWhite",
    title: "Gapping side-by-side white lines",
    talib: "CDLGAPSIDESIDEWHITE",
    create: gapSideBySideWhite,
    formula: "two white bodies gapping up (100) or down (−100) from the body before, sizes near, opens equal",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "identicalThreeCrows",
    title: "Identical three crows",
    talib: "CDLIDENTICAL3CROWS",
    create: identicalThreeCrows,
    formula: "three black candles without lower shadows, closes falling, each open equal to the close before: −100",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  penetrating({
    name: "morningDojiStar",
    title: "Morning doji star",
    talib: "CDLMORNINGDOJISTAR",
    penetration: 0.3,
    create: morningDojiStar,
    formula:
      "long black body, a doji gapping down, then a white body that is not short and closes above the first close + penetration · body: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  penetrating({
    name: "morningStar",
    title: "Morning star",
    talib: "CDLMORNINGSTAR",
    penetration: 0.3,
    create: morningStar,
    formula:
      "long black body, a short body gapping down, then a white body that is not short and closes above the first close + penetration · body: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "stalledPattern",
    title: "Stalled pattern",
    talib: "CDLSTALLEDPATTERN",
    create: stalledPattern,
    formula:
      "three white candles, closes rising; two long, the second without an upper shadow and from within or near the first body; the third short, opening near or above the second close − its own body: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "stickSandwich",
    title: "Stick sandwich",
    talib: "CDLSTICKSANDWICH",
    create: stickSandwich,
    formula: "black, white with its low above the first close, black with a close equal to the first: 100",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "tasukiGap",
    title: "Tasuki gap",
    talib: "CDLTASUKIGAP",
    create: tasukiGap,
    formula:
      "white body gapping up (100) or black body gapping down (−100), then one of the other colour opening in it and closing in the gap, sizes near",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "tristar",
    title: "Tristar",
    talib: "CDLTRISTAR",
    create: tristar,
    formula: "three doji; the second body gaps up and the third is lower: −100; the second gaps down and the third is higher: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "uniqueThreeRiver",
    title: "Unique three river bottom",
    talib: "CDLUNIQUE3RIVER",
    create: uniqueThreeRiver,
    formula: "long black body; black body within it (opens may be equal) with a lower low; short white body opening above that low: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "upsideGapTwoCrows",
    title: "Upside gap two crows",
    talib: "CDLUPSIDEGAP2CROWS",
    create: upsideGapTwoCrows,
    formula: "long white body, short black body gapping up, black body around it closing above the first close: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "gapThreeMethods",
    title: "Upside and downside gap three methods",
    talib: "CDLXSIDEGAP3METHODS",
    create: gapThreeMethods,
    formula:
      "two white bodies with a gap up (100) or two black ones with a gap down (−100), then one of the other colour opening in the second body and closing in the first",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
];
