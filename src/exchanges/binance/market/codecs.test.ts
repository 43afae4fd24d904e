/** The exchange's own examples: binance/binance-spot-api-docs at a5e0bc3d, developers.binance.com (USDⓈ-M, COIN-M), and what may go wrong with them. */
import { describe, expect, it } from "vitest";
import { DataError } from "../../../base/errors.ts";
import { Grid } from "../../../base/grid.ts";
import { parseJson } from "../../transport/lossless-json.ts";
import { toQuote } from "./book-ticker.ts";
import { DepthColumns, OffGridError, readDepthSnapshot, readDepthUpdate } from "./depth.ts";
import { toExchangeInfo } from "./exchange-info.ts";
import { toKline, toKlines } from "./klines.ts";
import { toFundingRates, toMarkPrice, toPremiumIndex } from "./mark-price.ts";
import { toNotice } from "./notices.ts";
import { toAggTrade, toAggTrades, toTrade } from "./trades.ts";

const aggTrade = {
  e: "aggTrade",
  E: 1672515782136,
  s: "BNBBTC",
  a: 12345,
  p: "0.001",
  q: "100",
  f: 100,
  l: 105,
  T: 1672515782130,
  m: true,
  M: true,
};

describe("trades of Binance", () => {
  it("come from a stream with the side that took", () => {
    expect(toAggTrade(aggTrade)).toEqual({
      symbol: "BNBBTC",
      eventTime: 1672515782136,
      trade: { id: "12345", time: 1672515782130, price: 0.001, quantity: 100, takerSide: "sell" },
    });
    const { a: id, ...rest } = aggTrade;
    expect(toTrade({ ...rest, e: "trade", t: id, m: false }).trade.takerSide).toBe("buy");
  });

  it("come from an answer, with every digit of their ids", () => {
    const answer = parseJson(
      '[{"a":8389765489680951453,"p":"0.01633102","q":"4.70443515","f":27781,"l":27781,"T":1498793709153,"m":true,"M":true}]',
    );
    expect(toAggTrades(answer)).toEqual([
      { id: "8389765489680951453", time: 1498793709153, price: 0.01633102, quantity: 4.70443515, takerSide: "sell" },
    ]);
  });

  it.each([
    ["a price of zero", { p: "0" }],
    ["a price below zero", { p: "-1" }],
    ["a price that is no number", { p: "NaN" }],
    ["a price beyond all numbers", { p: "1e999" }],
    ["a price that is a list", { p: ["1"] }],
    ["no price", { p: undefined }],
    ["nothing traded", { q: "0.000" }],
    ["no side", { m: null }],
    ["an id that is no number", { a: "x1" }],
    ["no id", { a: undefined }],
    ["another kind of event", { e: "trade" }],
    ["a time with a fraction", { T: 1.5 }],
  ])("are refused with %s", (_, change) => {
    expect(() => toAggTrade({ ...aggTrade, ...change })).toThrow(DataError);
  });

  it("of the insurance fund are no trades of the book", () => {
    const { a: id, ...rest } = aggTrade;
    const trade = { ...rest, e: "trade", t: id };
    expect(() => toTrade({ ...trade, X: "INSURANCE_FUND" })).toThrow(DataError);
    expect(toTrade({ ...trade, X: "MARKET" }).trade.id).toBe("12345");
  });
});

describe("best prices of Binance", () => {
  const spot = { u: 400900217, s: "BNBUSDT", b: "25.35190000", B: "31.21000000", a: "25.36520000", A: "40.66000000" };
  const prices = { bidPrice: 25.3519, bidQuantity: 31.21, askPrice: 25.3652, askQuantity: 40.66 };

  it("take the time of arrival on spot, which says none", () => {
    expect(toQuote(spot, 77)).toEqual({ symbol: "BNBUSDT", eventTime: 0, quote: { time: 77, ...prices } });
  });

  it("take the exchange's time on futures", () => {
    const message = { ...spot, e: "bookTicker", E: 1568014460893, T: 1568014460891 };
    expect(toQuote(message, 77)).toEqual({ symbol: "BNBUSDT", eventTime: 1568014460893, quote: { time: 1568014460891, ...prices } });
  });

  it.each([{ b: "25.3652" }, { b: "26" }, { a: "0" }, { B: "-1" }, { A: "" }, { s: undefined }])("are refused with %j", (change) => {
    expect(() => toQuote({ ...spot, ...change }, 0)).toThrow(DataError);
  });
});

describe("candles of Binance", () => {
  const k = {
    t: 1672515780000,
    T: 1672515839999,
    s: "BNBBTC",
    i: "1m",
    f: 100,
    L: 200,
    o: "0.0010",
    c: "0.0020",
    h: "0.0025",
    l: "0.0010",
    v: "1000",
    n: 100,
    x: false,
    q: "1.0000",
    V: "500",
    Q: "0.500",
    B: "123456",
  };
  const message = { e: "kline", E: 1672515782136, s: "BNBBTC", k };

  it("come from a stream and say whether they have closed", () => {
    expect(toKline({ ...message, k: { ...k, x: true } })).toEqual({
      symbol: "BNBBTC",
      eventTime: 1672515782136,
      timeframe: "1m",
      isClosed: true,
      bar: { openTime: 1672515780000, open: 0.001, high: 0.0025, low: 0.001, close: 0.002, volume: 1000 },
    });
  });

  it("come from an answer", () => {
    const answer = [
      [
        1499040000000,
        "0.01634790",
        "0.80000000",
        "0.01575800",
        "0.01577100",
        "148976.11427815",
        1499644799999,
        "2434.19055334",
        308,
        "1756.87402397",
        "28.46694368",
        "0",
      ],
    ];
    expect(toKlines(answer)).toEqual([
      {
        bar: { openTime: 1499040000000, open: 0.0163479, high: 0.8, low: 0.015758, close: 0.015771, volume: 148976.11427815 },
        lastTime: 1499644799999,
      },
    ]);
  });

  it.each([{ h: "0.0015" }, { l: "0.0011" }, { o: "0" }, { c: "NaN" }, { i: "7m" }, { x: 1 }, { v: "-1" }])(
    "are refused with %j",
    (change) => {
      expect(() => toKline({ ...message, k: { ...k, ...change } })).toThrow(DataError);
    },
  );

  it("are refused as a list where an object is due, and the other way round", () => {
    expect(() => toKline([message])).toThrow(DataError);
    expect(() => toKline({ ...message, k: [k] })).toThrow(DataError);
    expect(() => toKlines({})).toThrow(DataError);
    expect(() => toKlines([{}])).toThrow(DataError);
    expect(() => toKlines([[]])).toThrow(DataError);
  });
});

describe("books of Binance", () => {
  const grids = { price: new Grid("0.0001"), quantity: new Grid("0.5") };
  const update = { e: "depthUpdate", E: 1672515782136, s: "BNBBTC", U: 157, u: 160, b: [["0.0024", "10"]], a: [["0.0026", "100.5"]] };

  it("change in whole steps", () => {
    const columns = new DepthColumns();
    expect(readDepthUpdate(update, grids, columns)).toBe("BNBBTC");
    expect(columns).toMatchObject({ first: 157, last: 160, previous: -1, eventTime: 1672515782136, time: 1672515782136, bids: 1, asks: 1 });
    expect([...columns.price.subarray(0, 2), ...columns.quantity.subarray(0, 2)]).toEqual([24, 26, 20, 201]);
    readDepthUpdate({ ...update, T: 5, pu: 149 }, grids, columns);
    expect([columns.time, columns.previous]).toEqual([5, 149]);
  });

  it("begin with a snapshot", () => {
    const columns = new DepthColumns();
    readDepthSnapshot(
      { lastUpdateId: 1027024, bids: [["4.00000000", "431.00000000"]], asks: [["4.00020000", "12.00000000"]] },
      grids,
      columns,
    );
    expect(columns).toMatchObject({ last: 1027024, bids: 1, asks: 1, eventTime: 0 });
    expect([...columns.price.subarray(0, 2), ...columns.quantity.subarray(0, 2)]).toEqual([40_000, 40_002, 862, 24]);
  });

  it("tell what lies between two steps and how fine it is, instead of rounding it", () => {
    const fine = (): string => readDepthUpdate({ ...update, b: [["0.00241500", "10"]] }, grids, new DepthColumns());
    expect(fine).toThrow(OffGridError);
    expect(fine).toThrow(expect.objectContaining({ kind: "price", decimals: 6 }));
    expect(() => readDepthUpdate({ ...update, b: [["0.0024", "0.7"]] }, grids, new DepthColumns())).toThrow(
      expect.objectContaining({ kind: "quantity", decimals: 1 }),
    );
  });

  it.each([
    { b: [["0", "1"]] },
    { b: [["-0.0001", "1"]] },
    { b: [["1e300", "1"]] },
    { b: [["NaN", "1"]] },
    { b: [["0.0024"]] },
    { b: ["0.0024"] },
    { b: {} },
    { a: undefined },
    { U: 161 },
    { u: 2 ** 53 },
    { u: "160" },
    { E: undefined },
  ])("refuse %j", (change) => {
    expect(() => readDepthUpdate({ ...update, ...change }, grids, new DepthColumns())).toThrow(DataError);
  });

  it("refuse more levels than a book can have", () => {
    const b = Array.from({ length: 20_001 }, () => ["0.0024", "1"]);
    expect(() => readDepthUpdate({ ...update, b }, grids, new DepthColumns())).toThrow(DataError);
  });
});

describe("funding of Binance", () => {
  it("is announced by the mark price", () => {
    const message = {
      e: "markPriceUpdate",
      E: 1562305380000,
      s: "BTCUSDT",
      p: "11794.15000000",
      i: "1",
      P: "1",
      r: "0.00038167",
      T: 1562306400000,
    };
    expect(toMarkPrice(message)).toEqual({
      symbol: "BTCUSDT",
      eventTime: 1562305380000,
      price: 11794.15,
      fundingRate: 0.00038167,
      nextFundingTime: 1562306400000,
    });
    expect(toMarkPrice({ ...message, r: "", T: 0 })).toMatchObject({ fundingRate: undefined, nextFundingTime: undefined });
  });

  it("is announced by the premium index, which comes alone or as a list", () => {
    const index = {
      symbol: "BTCUSDT",
      markPrice: "11793.63104562",
      lastFundingRate: "0.00038246",
      nextFundingTime: 1597392000000,
      time: 1597370495002,
    };
    const expected = {
      symbol: "BTCUSDT",
      eventTime: 1597370495002,
      price: 11793.63104562,
      fundingRate: 0.00038246,
      nextFundingTime: 1597392000000,
    };
    expect(toPremiumIndex(index)).toEqual([expected]);
    expect(toPremiumIndex([index, index])).toEqual([expected, expected]);
  });

  it("is settled at a rate, with the price where it was recorded", () => {
    expect(
      toFundingRates([
        { symbol: "BTCUSDT", fundingRate: "-0.03750000", fundingTime: 1570608000000, markPrice: "34287.54619963", rateType: "Regular" },
        { symbol: "BTCUSDT", fundingRate: "0.00010000", fundingTime: 1570636800000, markPrice: "" },
      ]),
    ).toEqual([
      { funding: { time: 1570608000000, rate: -0.0375, markPrice: 34287.54619963 }, rateType: "Regular" },
      { funding: { time: 1570636800000, rate: 0.0001 }, rateType: "Regular" },
    ]);
  });
});

describe("notices of Binance's streams", () => {
  it("are told apart from market data", () => {
    expect(toNotice({ e: "serverShutdown", E: 1770123456789 })).toEqual({ kind: "shutdown" });
    expect(toNotice({ result: null, id: 1 })).toEqual({ kind: "result" });
    expect(toNotice({ code: 2, msg: "Invalid request" })).toEqual({ kind: "error", reason: "Invalid request (code 2)" });
    expect(toNotice({ error: { code: 3, msg: "Invalid JSON" }, id: 9 })).toEqual({ kind: "error", reason: "Invalid JSON (code 3)" });
    expect(toNotice(aggTrade)).toBeUndefined();
    expect(toNotice([])).toBeUndefined();
  });
});

describe("the rules of Binance's symbols", () => {
  const spot = {
    symbol: "ETHBTC",
    status: "TRADING",
    baseAsset: "ETH",
    quoteAsset: "BTC",
    filters: [
      { filterType: "PRICE_FILTER", minPrice: "0.00001000", maxPrice: "922327.00000000", tickSize: "0.00001000" },
      { filterType: "LOT_SIZE", minQty: "0.00010000", maxQty: "100000.00000000", stepSize: "0.00010000" },
      { filterType: "A_FILTER_YET_TO_COME", limit: 5 },
      { filterType: "NOTIONAL", minNotional: "0.00010000", applyMinToMarket: true, maxNotional: "9000000.00000000" },
    ],
  };
  const info = (symbols: readonly unknown[]): unknown => ({
    serverTime: 1565246363776,
    rateLimits: [
      { rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1, limit: 6000 },
      { rateLimitType: "SOMETHING", interval: "FORTNIGHT", intervalNum: 1, limit: 6000 },
    ],
    symbols,
  });

  it("become an instrument, steps without the zeros that only fill up eight digits", () => {
    const { listings, serverTime, limits } = toExchangeInfo(info([spot]), "spot");
    expect(listings).toEqual([
      {
        status: "trading",
        statusText: "TRADING",
        instrument: {
          kind: "spot",
          symbol: "ETHBTC",
          exchange: "binance",
          baseAsset: "ETH",
          quoteAsset: "BTC",
          settleAsset: "BTC",
          priceStep: "0.00001",
          quantityStep: "0.0001",
          quantityMin: "0.0001",
          quantityMax: "100000",
          notionalMin: "0.0001",
        },
      },
    ]);
    expect(serverTime).toBe(1565246363776);
    expect(limits).toEqual([{ kind: "REQUEST_WEIGHT", limit: 6000, windowMs: 60_000 }]);
  });

  it("tell perpetuals from dated futures, and contracts of COIN-M by their size", () => {
    const future = {
      ...spot,
      symbol: "BTCUSD_200925",
      contractType: "CURRENT_QUARTER",
      deliveryDate: 1601020800000,
      contractStatus: "TRADING",
      contractSize: 100,
      marginAsset: "BTC",
      status: undefined,
    };
    const perpetual = { ...future, symbol: "BTCUSD_PERP", contractType: "PERPETUAL", deliveryDate: 4133404800000 };
    const { listings } = toExchangeInfo(info([future, perpetual]), "inverse");
    expect(listings[0]?.instrument).toMatchObject({
      kind: "future",
      contractType: "inverse",
      contractSize: "100",
      settleAsset: "BTC",
      expiryTime: 1601020800000,
    });
    expect(listings[1]?.instrument).toMatchObject({ kind: "perpetual", contractType: "inverse", contractSize: "100" });
    const linear = toExchangeInfo(
      info([{ ...spot, contractType: "TRADIFI_PERPETUAL", deliveryDate: 4133404800000, marginAsset: "USDT", filters: linearFilters }]),
      "linear",
    );
    expect(linear.listings[0]?.instrument).toMatchObject({
      kind: "perpetual",
      contractType: "linear",
      contractSize: "1",
      notionalMin: "5",
      priceStep: "10",
    });
  });

  const linearFilters = [
    { filterType: "PRICE_FILTER", tickSize: "10.00000000" },
    { filterType: "LOT_SIZE", stepSize: "1", minQty: "1", maxQty: "0" },
    { filterType: "MIN_NOTIONAL", notional: "5.0" },
  ];

  it.each([
    ["TRADING", "trading"],
    ["CANCEL_ONLY", "cancelOnly"],
    ["BREAK", "halted"],
    ["PENDING_TRADING", "halted"],
    ["A_WORD_YET_TO_COME", "halted"],
  ] as const)("take the status %s for %s", (status, expected) => {
    expect(toExchangeInfo(info([{ ...spot, status }]), "spot").listings[0]).toMatchObject({ status: expected, statusText: status });
  });

  it("leave out a symbol that cannot be read and say why, without hiding the others", () => {
    const { listings, unreadable } = toExchangeInfo(info([{ ...spot, symbol: "BAD", filters: [] }, spot]), "spot");
    expect(listings.map(({ instrument }) => instrument.symbol)).toEqual(["ETHBTC"]);
    expect([...unreadable.keys()]).toEqual(["BAD"]);
  });
});
