import { beltHold } from "../pattern/belt-hold.ts";
import { closingMarubozu } from "../pattern/closing-marubozu.ts";
import { doji } from "../pattern/doji.ts";
import { dragonflyDoji } from "../pattern/dragonfly-doji.ts";
import { gravestoneDoji } from "../pattern/gravestone-doji.ts";
import { highWave } from "../pattern/high-wave.ts";
import { longLeggedDoji } from "../pattern/long-legged-doji.ts";
import { longLine } from "../pattern/long-line.ts";
import { marubozu } from "../pattern/marubozu.ts";
import { rickshawMan } from "../pattern/rickshaw-man.ts";
import { shortLine } from "../pattern/short-line.ts";
import { spinningTop } from "../pattern/spinning-top.ts";
import { takuri } from "../pattern/takuri.ts";
import type { IndicatorSpecification } from "../specification.ts";
import { candlestick } from "./pattern-entry.ts";

/** Candlestick patterns of one candle. */
export const singleCandles: readonly IndicatorSpecification[] = [
  candlestick({
    name: "beltHold",
    title: "Belt hold",
    talib: "CDLBELTHOLD",
    create: beltHold,
    formula: "long body; white without a lower shadow: 100, black without an upper shadow: −100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "closingMarubozu",
    title: "Closing marubozu",
    talib: "CDLCLOSINGMARUBOZU",
    create: closingMarubozu,
    formula: "long body; white without an upper shadow: 100, black without a lower shadow: −100",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "doji",
    title: "Doji",
    talib: "CDLDOJI",
    create: doji,
    formula: "body at most a doji's: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "dragonflyDoji",
    title: "Dragonfly doji",
    talib: "CDLDRAGONFLYDOJI",
    create: dragonflyDoji,
    formula: "doji without an upper shadow, with a lower one: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "gravestoneDoji",
    title: "Gravestone doji",
    talib: "CDLGRAVESTONEDOJI",
    create: gravestoneDoji,
    formula: "doji without a lower shadow, with an upper one: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "highWave",
    title: "High wave",
    talib: "CDLHIGHWAVE",
    create: highWave,
    formula: "short body, both shadows very long: 100 white, −100 black",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "longLeggedDoji",
    title: "Long-legged doji",
    talib: "CDLLONGLEGGEDDOJI",
    create: longLeggedDoji,
    formula: "doji with a long shadow on either side: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "longLine",
    title: "Long line",
    talib: "CDLLONGLINE",
    create: longLine,
    formula: "long body, both shadows short: 100 white, −100 black",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "marubozu",
    title: "Marubozu",
    talib: "CDLMARUBOZU",
    create: marubozu,
    formula: "long body without shadows: 100 white, −100 black",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "rickshawMan",
    title: "Rickshaw man",
    talib: "CDLRICKSHAWMAN",
    create: rickshawMan,
    formula: "doji with two long shadows, body near the midpoint of the range: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "shortLine",
    title: "Short line",
    talib: "CDLSHORTLINE",
    create: shortLine,
    formula: "short body, both shadows short: 100 white, −100 black",
    source: "Gregory L. Morris, CandlePower (1992), later Candlestick Charting Explained",
  }),
  candlestick({
    name: "spinningTop",
    title: "Spinning top",
    talib: "CDLSPINNINGTOP",
    create: spinningTop,
    formula: "short body, both shadows longer than it: 100 white, −100 black",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
  candlestick({
    name: "takuri",
    title: "Takuri",
    talib: "CDLTAKURI",
    create: takuri,
    formula: "doji without an upper shadow, lower shadow very long: 100",
    source: "Steve Nison, Japanese Candlestick Charting Techniques (1991)",
  }),
];
