import { barCloseTime, HOUR_MS, isTimeframe, type Timeframe } from "../../domain/timeframe.ts";
import type { Bar } from "../../domain/bar.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Trade } from "../../domain/trade.ts";
import type { Json, JsonObject } from "./json.ts";
import { amount, millis, valueOf, type Market } from "./market.ts";
import type { Parameters } from "./parameters.ts";
import { Refusal } from "./refusals.ts";
import { route, type Call, type Routes } from "./routes.ts";

/** Public data that the three markets tell alike, up to a field or two. */
export const marketDataRoutes: Routes = {
  "GET ping": route("NONE", 1, () => ({})),
  "GET time": route("NONE", 1, ({ market }) => ({ serverTime: market.now })),
  "GET depth": route("NONE", depthWeight, depth),
  "GET trades": route("NONE", 25, ({ market, parameters }) => trades(market, parameters, undefined)),
  "GET historicalTrades": route("NONE", 25, ({ market, parameters }) => trades(market, parameters, parameters.id("fromId"))),
  "GET aggTrades": route("NONE", 4, aggTrades),
  "GET klines": route("NONE", 2, klines),
  "GET uiKlines": route("NONE", 2, klines),
  "GET ticker/price": route("NONE", tickerWeight, ({ market, parameters }) =>
    perSymbol(market, parameters, (instrument) => priceTicker(market, instrument)),
  ),
  "GET ticker/bookTicker": route("NONE", tickerWeight, ({ market, parameters }) =>
    perSymbol(market, parameters, (instrument) => bookTicker(market, instrument)),
  ),
  "GET ticker/24hr": route("NONE", tickerWeight, ({ market, parameters }) =>
    perSymbol(market, parameters, (instrument) => dayTicker(market, instrument)),
  ),
  "GET avgPrice": route("NONE", 2, ({ market, parameters }) => {
    const instrument = market.instrument(parameters.required("symbol"));
    return { mins: 5, price: market.price(instrument, market.venue.lastPrice(instrument.symbol)), closeTime: market.now };
  }),
};

function depthWeight(parameters: Parameters): number {
  const limit = parameters.long("limit") ?? 100;
  return limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1_000 ? 50 : 250;
}

function tickerWeight(parameters: Parameters): number {
  return parameters.has("symbol") ? 2 : 4;
}

function depth({ market, parameters }: Call): Json {
  const instrument = market.instrument(parameters.required("symbol"));
  const limit = market.isSpot ? parameters.limit(100, 5_000) : parameters.limit(500, 1_000);
  const { lastUpdateId, bids, asks } = market.venue.depth(instrument.symbol, limit);
  const levels = { bids: bids.map((level) => row(market, instrument, level)), asks: asks.map((level) => row(market, instrument, level)) };
  if (market.isSpot) return { lastUpdateId, ...levels };
  const pair = market.kind === "inverse" ? { symbol: instrument.symbol, pair: pairOf(instrument) } : {};
  return { lastUpdateId, ...pair, E: market.now, T: market.now, ...levels };
}

/** A level as `["64000.10","0.002"]`. */
export function row(market: Market, instrument: Instrument, level: { readonly price: number; readonly quantity: number }): Json {
  return [market.price(instrument, level.price), market.quantity(instrument, level.quantity)];
}

/** COIN-M symbols belong to a pair: BTCUSD_PERP to BTCUSD. */
export function pairOf(instrument: Instrument): string {
  return instrument.symbol.split("_")[0] ?? instrument.symbol;
}

function trades(market: Market, parameters: Parameters, fromId: string | undefined): Json {
  const instrument = market.instrument(parameters.required("symbol"));
  const from = fromId === undefined ? undefined : Number(fromId);
  return market.venue.tradesFrom(instrument.symbol, from, parameters.limit(500, 1_000)).map((trade) => {
    const value = amount(valueOf(instrument, trade.quantity, trade.price));
    return {
      id: BigInt(trade.id),
      price: market.price(instrument, trade.price),
      qty: market.quantity(instrument, trade.quantity),
      ...(market.kind === "inverse" ? { baseQty: value } : { quoteQty: value }),
      time: millis(trade.time),
      isBuyerMaker: trade.takerSide === "sell",
      ...(market.isSpot ? { isBestMatch: true } : {}),
    };
  });
}

/** Every trade of the venue is one taker's at one price, so each is an aggregate of its own, under its own id. */
function aggTrades({ market, parameters }: Call): Json {
  const instrument = market.instrument(parameters.required("symbol"));
  const fromId = parameters.id("fromId");
  const start = parameters.long("startTime");
  const end = parameters.long("endTime") ?? Infinity;
  const limit = parameters.limit(500, 1_000);
  const list = market.venue.tradesFrom(instrument.symbol, fromId === undefined ? undefined : Number(fromId), 1_000);
  const within = list.filter(({ time }) => millis(time) >= (start ?? 0) && millis(time) <= end);
  const page = fromId === undefined && start === undefined ? within.slice(-limit) : within.slice(0, limit);
  return page.map((trade) => ({ ...aggregate(market, instrument, trade), ...(market.isSpot ? { M: true } : {}) }));
}

/** The fields that REST and stream share. */
export function aggregate(market: Market, instrument: Instrument, trade: Trade): JsonObject {
  const id = BigInt(trade.id);
  return {
    a: id,
    p: market.price(instrument, trade.price),
    q: market.quantity(instrument, trade.quantity),
    ...(market.kind === "linear" ? { nq: market.quantity(instrument, trade.quantity) } : {}),
    f: id,
    l: id,
    T: millis(trade.time),
    m: trade.takerSide === "sell",
  };
}

function klines({ market, parameters }: Call): Json {
  const instrument = market.instrument(parameters.required("symbol"));
  const timeframe = readTimeframe(parameters.required("interval"));
  const from = parameters.long("startTime");
  const to = parameters.long("endTime");
  const limit = market.isSpot ? parameters.limit(500, 1_000) : parameters.limit(500, 1_500);
  const range = { limit, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return market.venue.bars(instrument.symbol, timeframe, range).map((bar) => klineRow(market, instrument, timeframe, bar));
}

export function readTimeframe(interval: string): Timeframe {
  if (!isTimeframe(interval) || interval === "10m") throw new Refusal(-1120, "Invalid interval.");
  return interval;
}

/** Volumes of the taker's side and trade counts are not the venue's: half the volume, and a trade for every bar that has volume. */
function klineRow(market: Market, instrument: Instrument, timeframe: Timeframe, bar: Bar): Json {
  const middle = (bar.high + bar.low) / 2;
  const value = valueOf(instrument, bar.volume, middle);
  return [
    bar.openTime,
    market.price(instrument, bar.open),
    market.price(instrument, bar.high),
    market.price(instrument, bar.low),
    market.price(instrument, bar.close),
    market.quantity(instrument, bar.volume),
    barCloseTime(timeframe, bar.openTime) - 1,
    amount(value),
    bar.volume > 0 ? 1 : 0,
    market.quantity(instrument, bar.volume / 2),
    amount(value / 2),
    "0",
  ];
}

/** One object for `symbol`, a list for `symbols` or none; COIN-M answers with a list in any case. */
export function perSymbol(market: Market, parameters: Parameters, describe: (instrument: Instrument) => Json): Json {
  const symbols = parameters.symbols();
  const pair = parameters.text("pair");
  const instruments =
    symbols === undefined
      ? market.venue.instruments.filter((instrument) => pair === undefined || pairOf(instrument) === pair)
      : symbols.map((symbol) => market.instrument(symbol));
  const isSingle = parameters.has("symbol") && market.kind !== "inverse";
  const [first] = instruments;
  return isSingle && first !== undefined ? describe(first) : instruments.map(describe);
}

function priceTicker(market: Market, instrument: Instrument): Json {
  const price = market.price(instrument, market.venue.lastPrice(instrument.symbol));
  if (market.isSpot) return { symbol: instrument.symbol, price };
  const pair = market.kind === "inverse" ? { ps: pairOf(instrument) } : {};
  return { symbol: instrument.symbol, ...pair, price, time: market.now };
}

function bookTicker(market: Market, instrument: Instrument): Json {
  const { bidPrice, bidQuantity, askPrice, askQuantity } = market.venue.quote(instrument.symbol);
  const quote = {
    symbol: instrument.symbol,
    bidPrice: market.price(instrument, bidPrice),
    bidQty: market.quantity(instrument, bidQuantity),
    askPrice: market.price(instrument, askPrice),
    askQty: market.quantity(instrument, askQuantity),
  };
  if (market.isSpot) return quote;
  const { lastUpdateId } = market.venue.depth(instrument.symbol, 1);
  return { ...quote, ...(market.kind === "inverse" ? { pair: pairOf(instrument) } : {}), lastUpdateId, time: market.now };
}

/** The last 24 hours, counted in whole hours and the one that runs. */
export interface DayStatistics {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly last: number;
  readonly volume: number;
  readonly value: number;
  readonly openTime: number;
}

export function dayStatistics(market: Market, instrument: Instrument): DayStatistics {
  const bars = market.venue.bars(instrument.symbol, "1h", { limit: 25, from: market.venue.now - 24 * HOUR_MS });
  const last = market.venue.lastPrice(instrument.symbol);
  let volume = 0;
  let value = 0;
  for (const bar of bars) {
    volume += bar.volume;
    value += valueOf(instrument, bar.volume, (bar.high + bar.low) / 2);
  }
  return {
    open: bars[0]?.open ?? last,
    high: Math.max(last, ...bars.map(({ high }) => high)),
    low: Math.min(last, ...bars.map(({ low }) => low)),
    last,
    volume,
    value,
    openTime: millis(market.venue.now - 24 * HOUR_MS),
  };
}

function dayTicker(market: Market, instrument: Instrument): Json {
  const { open, high, low, last, volume, value, openTime } = dayStatistics(market, instrument);
  const { bidPrice, bidQuantity, askPrice, askQuantity } = market.venue.quote(instrument.symbol);
  const newest = market.venue.tradesFrom(instrument.symbol, undefined, 1)[0];
  const price = (number: number): string => market.price(instrument, number);
  return {
    symbol: instrument.symbol,
    ...(market.kind === "inverse" ? { pair: pairOf(instrument) } : {}),
    priceChange: price(last - open),
    priceChangePercent: ((last / open - 1) * 100).toFixed(3),
    weightedAvgPrice: price(volume === 0 ? last : averageOf(market, instrument, volume, value)),
    ...(market.isSpot ? { prevClosePrice: price(open) } : {}),
    lastPrice: price(last),
    lastQty: market.quantity(instrument, newest?.quantity ?? 0),
    ...(market.isSpot
      ? {
          bidPrice: price(bidPrice),
          bidQty: market.quantity(instrument, bidQuantity),
          askPrice: price(askPrice),
          askQty: market.quantity(instrument, askQuantity),
        }
      : {}),
    openPrice: price(open),
    highPrice: price(high),
    lowPrice: price(low),
    volume: market.quantity(instrument, volume),
    ...(market.kind === "inverse" ? { baseVolume: amount(value) } : { quoteVolume: amount(value) }),
    openTime,
    closeTime: market.now,
    firstId: 1,
    lastId: newest === undefined ? -1 : BigInt(newest.id),
    count: newest === undefined ? 0 : BigInt(newest.id),
  };
}

function averageOf(market: Market, instrument: Instrument, volume: number, value: number): number {
  if (market.kind !== "inverse") return value / volume;
  return valueOf(instrument, volume, 1) / value;
}
