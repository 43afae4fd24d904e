import { barCloseTime, type Timeframe } from "../../domain/timeframe.ts";
import type { Bar } from "../../domain/bar.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Trade } from "../../domain/trade.ts";
import type { Json, JsonObject } from "./json.ts";
import { aggregate, dayStatistics, pairOf } from "./market-data.ts";
import { amount, millis, valueOf, type Market } from "./market.ts";

/** `<symbol>@trade`: {"e":"trade","E":1672515782136,"s":"BNBBTC","t":12345,"p":"0.001","q":"100","T":1672515782136,"m":true,"M":true} */
export function tradeEvent(market: Market, instrument: Instrument, trade: Trade): JsonObject {
  return {
    e: "trade",
    E: market.now,
    ...(market.isSpot ? {} : { T: millis(trade.time) }),
    s: instrument.symbol,
    t: BigInt(trade.id),
    p: market.price(instrument, trade.price),
    q: market.quantity(instrument, trade.quantity),
    T: millis(trade.time),
    m: trade.takerSide === "sell",
    ...(market.isSpot ? { M: true } : { X: "MARKET" }),
  };
}

/** `<symbol>@aggTrade`: {"e":"aggTrade","E":…,"s":"BNBBTC","a":12345,"p":"0.001","q":"100","f":100,"l":105,"T":…,"m":true,"M":true} */
export function aggTradeEvent(market: Market, instrument: Instrument, trade: Trade): JsonObject {
  return {
    e: "aggTrade",
    E: market.now,
    s: instrument.symbol,
    ...aggregate(market, instrument, trade),
    ...(market.isSpot ? { M: true } : {}),
  };
}

/** `<symbol>@kline_1m`: {"e":"kline","E":…,"s":"BNBBTC","k":{"t":…,"T":…,"s":"BNBBTC","i":"1m","f":100,"L":200,"o":"0.0010",…,"x":false,…}} */
export function klineEvent(
  market: Market,
  instrument: Instrument,
  { timeframe, bar, isClosed }: { readonly timeframe: Timeframe; readonly bar: Bar; readonly isClosed: boolean },
): JsonObject {
  const value = valueOf(instrument, bar.volume, (bar.high + bar.low) / 2);
  return {
    e: "kline",
    E: market.now,
    s: instrument.symbol,
    k: {
      t: bar.openTime,
      T: barCloseTime(timeframe, bar.openTime) - 1,
      s: instrument.symbol,
      i: timeframe,
      f: bar.volume > 0 ? 1 : -1,
      L: bar.volume > 0 ? 1 : -1,
      o: market.price(instrument, bar.open),
      c: market.price(instrument, bar.close),
      h: market.price(instrument, bar.high),
      l: market.price(instrument, bar.low),
      v: market.quantity(instrument, bar.volume),
      n: bar.volume > 0 ? 1 : 0,
      x: isClosed,
      q: amount(value),
      V: market.quantity(instrument, bar.volume / 2),
      Q: amount(value / 2),
      B: "0",
    },
  };
}

/** `<symbol>@bookTicker`: {"u":400900217,"s":"BNBUSDT","b":"25.35190000","B":"31.21000000","a":"25.36520000","A":"40.66000000"} */
export function bookTickerEvent(
  market: Market,
  instrument: Instrument,
  quote: {
    readonly updateId: number;
    readonly bid: readonly [number, number];
    readonly ask: readonly [number, number];
    readonly time: number;
  },
): JsonObject {
  const book = {
    u: quote.updateId,
    s: instrument.symbol,
    ...(market.kind === "inverse" ? { ps: pairOf(instrument) } : {}),
    b: market.price(instrument, quote.bid[0]),
    B: market.quantity(instrument, quote.bid[1]),
    a: market.price(instrument, quote.ask[0]),
    A: market.quantity(instrument, quote.ask[1]),
  };
  return market.isSpot ? book : { e: "bookTicker", ...book, T: millis(quote.time), E: market.now };
}

/** Levels that changed since the message before. */
export interface DepthMessage {
  readonly first: number;
  readonly last: number;
  /** Last update id of the message before; futures name it. */
  readonly previous: number;
  readonly bids: readonly Json[];
  readonly asks: readonly Json[];
  readonly time: number;
}

/** `<symbol>@depth`: {"e":"depthUpdate","E":…,"s":"BNBBTC","U":157,"u":160,"b":[["0.0024","10"]],"a":[["0.0026","100"]]}; futures add T and pu. */
export function depthEvent(market: Market, instrument: Instrument, { first, last, previous, bids, asks, time }: DepthMessage): JsonObject {
  const head = { e: "depthUpdate", E: market.now };
  if (market.isSpot) return { ...head, s: instrument.symbol, U: first, u: last, b: bids, a: asks };
  const pair = market.kind === "inverse" ? { ps: pairOf(instrument) } : {};
  return { ...head, T: millis(time), s: instrument.symbol, ...pair, U: first, u: last, pu: previous, b: bids, a: asks };
}

/** `<symbol>@markPrice`: {"e":"markPriceUpdate","E":…,"s":"BTCUSDT","p":"11794.15","i":"11784.62","P":"11784.25","r":"0.00038167","T":…} */
export function markPriceEvent(
  market: Market,
  instrument: Instrument,
  { price, fundingRate, nextFundingTime }: { readonly price: number; readonly fundingRate: number; readonly nextFundingTime: number },
): JsonObject {
  const mark = amount(price);
  return {
    e: "markPriceUpdate",
    E: market.now,
    s: instrument.symbol,
    p: mark,
    i: mark,
    P: mark,
    r: amount(fundingRate),
    T: nextFundingTime,
  };
}

/** `<symbol>@ticker` and, without the tail, `<symbol>@miniTicker`. */
export function tickerEvent(market: Market, instrument: Instrument, isMini: boolean): JsonObject {
  const { open, high, low, last, volume, value, openTime } = dayStatistics(market, instrument);
  const price = (number: number): string => market.price(instrument, number);
  const core = {
    e: isMini ? "24hrMiniTicker" : "24hrTicker",
    E: market.now,
    s: instrument.symbol,
    c: price(last),
    o: price(open),
    h: price(high),
    l: price(low),
    v: market.quantity(instrument, volume),
    q: amount(value),
  };
  if (isMini) return core;
  const { bidPrice, bidQuantity, askPrice, askQuantity } = market.venue.quote(instrument.symbol);
  return {
    ...core,
    p: price(last - open),
    P: ((last / open - 1) * 100).toFixed(3),
    w: price(last),
    ...(market.isSpot
      ? {
          x: price(open),
          b: price(bidPrice),
          B: market.quantity(instrument, bidQuantity),
          a: price(askPrice),
          A: market.quantity(instrument, askQuantity),
        }
      : {}),
    Q: market.quantity(instrument, 0),
    O: openTime,
    C: market.now,
    F: 0,
    L: 0,
    n: 0,
  };
}
