import { DataError } from "../../src/base/errors.ts";
import { Grid } from "../../src/base/grid.ts";
import { createRandom, type Random } from "../../src/base/random.ts";
import { toQuote } from "../../src/exchanges/binance/market/book-ticker.ts";
import { DepthColumns, readDepthSnapshot, readDepthUpdate } from "../../src/exchanges/binance/market/depth.ts";
import { toExchangeInfo } from "../../src/exchanges/binance/market/exchange-info.ts";
import { scalesOf } from "../../src/exchanges/binance/market/frame-scanner.ts";
import { toKline, toKlines } from "../../src/exchanges/binance/market/klines.ts";
import { toFundingRates, toMarkPrice, toPremiumIndex } from "../../src/exchanges/binance/market/mark-price.ts";
import { toNotice } from "../../src/exchanges/binance/market/notices.ts";
import { StreamRouter, type StreamListener } from "../../src/exchanges/binance/market/stream-router.ts";
import { toAggTrade, toAggTrades, toTrade } from "../../src/exchanges/binance/market/trades.ts";
import { parseJson } from "../../src/exchanges/transport/lossless-json.ts";

export interface FuzzOptions {
  readonly seed: number;
  readonly iterations: number;
}

export interface FuzzOutcome {
  readonly iterations: number;
  /** Messages that a decoder took. */
  readonly taken: number;
  /** Messages that were refused as they should be. */
  readonly refused: number;
}

const grids = { price: new Grid("0.01"), quantity: new Grid("0.001") };

type Decoder = (value: unknown) => unknown;

/** Every decoder of market data with a message that it takes. */
const DECODERS: ReadonlyArray<readonly [decode: Decoder, sample: unknown]> = [
  [
    toAggTrade,
    { e: "aggTrade", E: 1672515782136, s: "BTCUSDT", a: 12345, p: "0.01", q: "100", f: 100, l: 105, T: 1672515782136, m: true, M: true },
  ],
  [toTrade, { e: "trade", E: 1672515782136, s: "BTCUSDT", t: 12345, p: "0.01", q: "100", T: 1672515782136, m: true, M: true }],
  [toAggTrades, [{ a: 26129, p: "0.01633102", q: "4.70443515", f: 27781, l: 27781, T: 1498793709153, m: true, M: true }]],
  [(value) => toQuote(value, 1), { u: 400900217, s: "BTCUSDT", b: "25.35190000", B: "31.21000000", a: "25.36520000", A: "40.66000000" }],
  [
    (value) => toQuote(value, 1),
    { e: "bookTicker", u: 4, E: 1568014460893, T: 1568014460891, s: "BTCUSDT", b: "25.35", B: "31.21", a: "25.36", A: "40.66" },
  ],
  [
    toKline,
    {
      e: "kline",
      E: 1672515782136,
      s: "BTCUSDT",
      k: { t: 1672515780000, T: 1672515839999, s: "BTCUSDT", i: "1m", o: "1", c: "2", h: "3", l: "1", v: "9", x: true },
    },
  ],
  [toKlines, [[1499040000000, "0.1", "0.8", "0.1", "0.2", "148976.11427815", 1499644799999, "2434.1", 308, "1756.8", "28.4", "0"]]],
  [
    (value) => readDepthUpdate(value, grids, new DepthColumns()),
    {
      e: "depthUpdate",
      E: 123456789,
      T: 123456788,
      s: "BTCUSDT",
      U: 157,
      u: 160,
      pu: 149,
      b: [["0.02", "10"]],
      a: [
        ["0.26", "100.5"],
        ["1.00", "0"],
      ],
    },
  ],
  [
    (value) => readDepthSnapshot(value, grids, new DepthColumns()),
    { lastUpdateId: 1027024, bids: [["4.00000000", "431.00000000"]], asks: [["4.02", "12.00000000"]] },
  ],
  [toMarkPrice, { e: "markPriceUpdate", E: 1562305380000, s: "BTCUSDT", p: "11794.15", i: "1", P: "1", r: "0.00038167", T: 1562306400000 }],
  [
    toPremiumIndex,
    [{ symbol: "BTCUSDT", markPrice: "11793.6", lastFundingRate: "0.0003", nextFundingTime: 1597392000000, time: 1597370495002 }],
  ],
  [toFundingRates, [{ symbol: "BTCUSDT", fundingRate: "-0.0375", fundingTime: 1570608000000, markPrice: "34287.5", rateType: "Regular" }]],
  [
    (value) => toExchangeInfo(value, "linear"),
    {
      serverTime: 1565246363776,
      rateLimits: [{ rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1, limit: 6000 }],
      symbols: [
        {
          symbol: "BTCUSDT",
          status: "TRADING",
          contractType: "PERPETUAL",
          deliveryDate: 4133404800000,
          baseAsset: "BTC",
          quoteAsset: "USDT",
          marginAsset: "USDT",
          filters: [
            { filterType: "PRICE_FILTER", tickSize: "0.10" },
            { filterType: "LOT_SIZE", stepSize: "0.001", minQty: "0.001", maxQty: "1000" },
            { filterType: "MIN_NOTIONAL", notional: "5" },
          ],
        },
      ],
    },
  ],
  [toNotice, { error: { code: 3, msg: "Invalid JSON" }, id: 9 }],
  [toNotice, { e: "serverShutdown", E: 1770123456789 }],
];

/**
 * Throws damaged messages at every decoder of Binance's market data and whole frames at the router. Whatever comes, the only way out is a
 * `DataError`: anything else, and any change to what all objects inherit, is thrown with the seed that repeats it.
 */
export function fuzzBinanceMarket({ seed, iterations }: FuzzOptions): FuzzOutcome {
  let taken = 0;
  let refused = 0;
  const heard = { count: 0 };
  const router = createRouter(heard);
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const random = createRandom(seed + iteration);
    const [decode, sample] = DECODERS[random.integer(0, DECODERS.length - 1)] as readonly [Decoder, unknown];
    const text =
      random.next() < 0.5 ? damageText(JSON.stringify(sample), random) : JSON.stringify(damageValue(sample, random, 0)) || "null";
    try {
      try {
        decode(parseJson(text));
        taken += 1;
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        refused += 1;
      }
      router.take(new TextEncoder().encode(frameOf(text, random)));
      checkPrototypes();
    } catch (cause) {
      throw new Error(`binance market: seed ${seed + iteration} breaks on ${text.slice(0, 500)}`, { cause });
    }
  }
  return { iterations, taken: taken + heard.count, refused };
}

function createRouter(heard: { count: number }): StreamRouter {
  const router = new StreamRouter({ onNotice: () => {}, onUnknown: () => {} });
  const hear = (): void => {
    heard.count += 1;
  };
  const listener: StreamListener = {
    symbol: "BTCUSDT",
    grids,
    scales: scalesOf(grids),
    onTrade: ({ price, quantity, time }) => {
      if (!(price > 0 && quantity > 0 && time >= 0)) throw new Error("a trade that cannot be");
      heard.count += 1;
    },
    onQuote: ({ bidPrice, askPrice }) => {
      if (!(bidPrice > 0 && askPrice > bidPrice)) throw new Error("a quote that cannot be");
      heard.count += 1;
    },
    onDepth: ({ length, price, quantity, first, last }) => {
      for (let row = 0; row < length; row += 1) {
        if (!((price[row] as number) > 0 && (quantity[row] as number) >= 0)) throw new Error("a level that cannot be");
      }
      if (!(first <= last)) throw new Error("update ids that cannot be");
      heard.count += 1;
    },
    onKline: hear,
    onMarkPrice: hear,
    onRefused: () => {},
  };
  for (const [stream, kind] of STREAMS) router.add(stream, kind, listener);
  return router;
}

const STREAMS = [
  ["btcusdt@aggTrade", "aggTrade"],
  ["btcusdt@bookTicker", "bookTicker"],
  ["btcusdt@depth@100ms", "depth"],
  ["btcusdt@kline_1m", "kline"],
  ["btcusdt@markPrice@1s", "markPrice"],
] as const;

function frameOf(payload: string, random: Random): string {
  const [stream] = pick(STREAMS, random);
  const frame = `{"stream":"${stream}","data":${payload}}`;
  return random.next() < 0.2 ? damageText(frame, random) : frame;
}

/** Values that parsers stumble over. */
const NASTY: readonly unknown[] = [
  null,
  true,
  "",
  "NaN",
  "Infinity",
  "-1",
  "0",
  "1e308",
  "1e-400",
  "00012.5000",
  "9".repeat(400),
  "0x10",
  " 1 ",
  "1_000",
  -0,
  -1,
  0.1,
  1e21,
  2 ** 53,
  2 ** 64,
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  "__proto__",
  "constructor",
  "\u0000",
  "\u{1F680}",
];

const FRAGMENTS = [
  "{",
  "}",
  "[",
  "]",
  '"',
  ":",
  ",",
  "\\",
  "-",
  ".",
  "e",
  "0",
  "9",
  "null",
  "true",
  '{"__proto__":{"polluted":1}}',
  '"\\u005f_proto__":1',
  "\u{1F680}",
  "\u0000",
  " ",
];

function damageText(text: string, random: Random): string {
  let damaged = text;
  for (let count = random.integer(1, 4); count > 0; count -= 1) {
    const at = random.integer(0, damaged.length);
    const length = random.integer(0, 12);
    const kind = random.integer(0, 3);
    if (kind === 0) damaged = damaged.slice(0, at) + pick(FRAGMENTS, random) + damaged.slice(at);
    else if (kind === 1) damaged = damaged.slice(0, at) + damaged.slice(at + length);
    else if (kind === 2) damaged = damaged.slice(0, at) + pick(FRAGMENTS, random) + damaged.slice(at + 1);
    else damaged = damaged.slice(0, at) + damaged.slice(Math.max(0, at - length));
  }
  return damaged;
}

function damageValue(value: unknown, random: Random, depth: number): unknown {
  if (depth > 6 || random.next() < 0.06) return pick(NASTY, random);
  if (Array.isArray(value)) {
    const list = (value as readonly unknown[]).map((item) => damageValue(item, random, depth + 1));
    if (random.next() < 0.1) list.push(pick(NASTY, random));
    if (random.next() < 0.02) return Array.from({ length: random.integer(0, 300) }, () => list[0]);
    return list;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, item]): Array<readonly [string, unknown]> => {
    if (random.next() < 0.03) return [];
    const key = random.next() < 0.02 ? pick(["__proto__", "constructor", "toString", "hasOwnProperty", "x"], random) : name;
    return [[key, damageValue(item, random, depth + 1)]];
  });
  return Object.fromEntries(entries);
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[random.integer(0, items.length - 1)] as T;
}

function checkPrototypes(): void {
  for (const prototype of [Object.prototype, Array.prototype]) {
    for (const name in prototype) throw new Error(`every object now has a property "${name}"`);
  }
}
