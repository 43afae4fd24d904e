import type { Market } from "../../domain/instrument.ts";
import { isTimeframe, type Timeframe } from "../../domain/timeframe.ts";

/** Names by which files call exchanges, with the one the archive uses. */
const EXCHANGES: Readonly<Record<string, string>> = {
  binance: "binance",
  binanceus: "binanceus",
  bybit: "bybit",
  okx: "okx",
  okex: "okx",
  bitget: "bitget",
  kucoin: "kucoin",
  coinbase: "coinbase",
  gdax: "coinbase",
  bitfinex: "bitfinex",
  bitmex: "bitmex",
  deribit: "deribit",
  kraken: "kraken",
  huobi: "huobi",
  htx: "huobi",
  gateio: "gateio",
  mexc: "mexc",
  bitstamp: "bitstamp",
  poloniex: "poloniex",
  bittrex: "bittrex",
  gemini: "gemini",
  hyperliquid: "hyperliquid",
  dydx: "dydx",
  ftx: "ftx",
};

/** Words for a market. `derivative` says that it is not spot; linear or inverse then follows from the quote asset. */
const MARKET_WORDS: Readonly<Record<string, Market | "derivative">> = {
  spot: "spot",
  crypto: "spot",
  um: "linear",
  usdm: "linear",
  linear: "linear",
  cm: "inverse",
  coinm: "inverse",
  inverse: "inverse",
  futures: "derivative",
  future: "derivative",
  cryptofuture: "derivative",
  swap: "derivative",
  perp: "derivative",
  perpetual: "derivative",
  option: "option",
  options: "option",
};

/** Assets that prices are quoted in, the longer before the shorter that end alike. */
const QUOTE_ASSETS = (
  "FDUSD USDT USDC BUSD TUSD USDP USDD USDE USD1 DAI PAX USD EUR GBP JPY TRY BRL AUD CAD CHF KRW RUB UAH NGN ZAR BIDR IDR MXN " +
  "PLN ARS COP CZK RON BTC XBT ETH BNB TRX XRP DOGE DOT SOL KCS VAI"
).split(" ");

const TIMEFRAME_WORDS: Readonly<Record<string, Timeframe>> = {
  "24h": "1d",
  "60m": "1h",
  "1min": "1m",
  "3min": "3m",
  "5min": "5m",
  "15min": "15m",
  "30min": "30m",
  "1hour": "1h",
  "4hour": "4h",
  "1day": "1d",
  "1week": "1w",
  "7d": "1w",
  "1mo": "1M",
  "1month": "1M",
  "1D": "1d",
  "1W": "1w",
  "1H": "1h",
  "4H": "4h",
  second: "1s",
  minute: "1m",
  hour: "1h",
  hourly: "1h",
  daily: "1d",
  weekly: "1w",
};

export function exchangeNamed(word: string): string | undefined {
  return EXCHANGES[word.toLowerCase()];
}

export function marketNamed(word: string): Market | "derivative" | undefined {
  return MARKET_WORDS[word.toLowerCase()];
}

export function timeframeNamed(word: string): Timeframe | undefined {
  return isTimeframe(word) ? word : (TIMEFRAME_WORDS[word] ?? TIMEFRAME_WORDS[word.toLowerCase()]);
}

/** An instrument's assets. */
export interface Pair {
  readonly base: string;
  readonly quote: string;
}

/** Assets that tell XBT/USD from XB/TUSD. */
const BASE_ASSETS = new Set("BTC XBT ETH BNB XRP LTC DOT BAT BCH ADA SOL DOGE LINK TRX EOS BSV ETC XLM XMR DASH ZEC USDC USDT".split(" "));

/** Cuts `BTCUSDT` where a known quote asset begins; undefined when it ends in none. */
export function splitSymbol(symbol: string): Pair | undefined {
  const pairs = QUOTE_ASSETS.filter((quote) => symbol.endsWith(quote) && symbol.length > quote.length).map((quote) => ({
    base: symbol.slice(0, -quote.length),
    quote,
  }));
  return pairs.find(({ base }) => BASE_ASSETS.has(base)) ?? pairs.find(({ quote }) => quote !== "TUSD") ?? pairs[0];
}

export function isQuoteAsset(word: string): boolean {
  return QUOTE_ASSETS.includes(word.toUpperCase());
}

/** Linear or inverse where a source only says that the market is not spot. */
export function derivativeMarket(exchange: string | undefined, quote: string | undefined): Market {
  const isCoinMargined = quote === "USD" || (quote === undefined && (exchange === "bitmex" || exchange === "deribit"));
  return isCoinMargined ? "inverse" : "linear";
}
