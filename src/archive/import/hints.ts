import type { PriceType } from "../../domain/bar.ts";
import type { Market } from "../../domain/instrument.ts";
import type { Timeframe } from "../../domain/timeframe.ts";
import { derivativeMarket, exchangeNamed, isQuoteAsset, marketNamed, type Pair, splitSymbol, timeframeNamed } from "./names.ts";

export type ImportKind = "bars" | "trades" | "funding" | "openInterest";

/** What a path says about the rows behind it. Content and options know better. */
export interface Hints {
  readonly exchange?: string;
  readonly market?: Market;
  readonly symbol?: string;
  readonly pair?: Pair;
  readonly timeframe?: Timeframe;
  readonly kind?: ImportKind;
  readonly priceType?: PriceType;
}

const KIND_WORDS: Readonly<Record<string, ImportKind>> = {
  trades: "trades",
  aggtrades: "trades",
  funding: "funding",
  fundingrate: "funding",
  margin: "funding",
  interest: "funding",
  oi: "openInterest",
  openinterest: "openInterest",
  metrics: "openInterest",
  klines: "bars",
  markpriceklines: "bars",
  indexpriceklines: "bars",
};

const PRICE_TYPE_WORDS: Readonly<Record<string, PriceType>> = {
  mark: "mark",
  markpriceklines: "mark",
  index: "index",
  indexpriceklines: "index",
  bid: "bid",
  ask: "ask",
};

/** Words without a meaning of their own beside the others. */
const PLAIN_WORDS = new Set([
  "data",
  "candles",
  "candle",
  "history",
  "ohlcv",
  "csv",
  "trade",
  "quote",
  "rate",
  "price",
  "native",
  "testdata",
]);

const FOLDERS_FOR_SYMBOL = 5;
const BINANCE_ARCHIVE = /^[A-Z0-9]+(_PERP|_\d{6})?-(\d+(s|m|h|d|w|mo)|trades|aggTrades|fundingRate|metrics)-\d{4}-\d{2}(-\d{2})?$/;

/** Reads a path from its end: the nearer to the file a word stands, the more it counts. */
export function readHints(path: string): Hints {
  const segments = path
    .replace(/\.(csv|tsv|txt|json|feather|parquet|data|db|sqlite)$/i, "")
    .split(/[\\/]/)
    .filter((segment) => segment !== "")
    .toReversed();
  const file = segments[0] ?? "";
  const spoken = [wordsOf(file), ...segments.slice(1).map((folder) => (isTelling(folder) ? wordsOf(folder) : []))];
  const find = <Found>(named: (word: string) => Found | undefined): Found | undefined =>
    spoken.flatMap((words) => words.map(named)).find(Boolean);

  const exchange = find(exchangeNamed) ?? (BINANCE_ARCHIVE.test(file) ? "binance" : undefined);
  const named = segments.slice(0, FOLDERS_FOR_SYMBOL).map(readSymbol).find(Boolean);
  const symbol = named?.symbol ?? fallbackSymbol(file);
  const marketWord = named?.settle === undefined ? find(marketNamed) : "derivative";
  const isInverse = named?.settle !== undefined && named.settle === named.pair?.base;
  const market = marketWord === "derivative" ? (isInverse ? "inverse" : derivativeMarket(exchange, named?.pair?.quote)) : marketWord;
  const timeframe = find(timeframeNamed);
  // A file of mark prices in a folder named after funding holds bars: the nearest place that says anything says both.
  const content = spoken.find((words) => words.some(isContentWord)) ?? [];
  const kind = content.map((word) => KIND_WORDS[word.toLowerCase()]).find(Boolean);
  const priceType = content.map((word) => PRICE_TYPE_WORDS[word.toLowerCase()]).find(Boolean);
  return {
    ...(exchange === undefined ? {} : { exchange }),
    ...(market === undefined ? {} : { market }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(named?.pair === undefined ? {} : { pair: named.pair }),
    ...(timeframe === undefined ? {} : { timeframe }),
    ...(kind === undefined ? {} : { kind }),
    ...(priceType === undefined ? {} : { priceType }),
  };
}

/** An instrument as names of files and fields inside them write it: `BTCUSDT`, `BTC/USDT`, `BTC-USDT-SWAP`, `XRP/USDT:USDT`. */
export function readSymbol(text: string): { symbol: string; pair?: Pair; settle?: string } | undefined {
  const words = wordsOf(text).filter((word) => !isKnown(word) && !/^\d{8}$|^\d{1,2}$|^(19|20)\d{2}$/.test(word));
  for (let place = 0; place < words.length; place += 1) {
    const word = (words[place] as string).toUpperCase();
    const next = words[place + 1]?.toUpperCase() ?? "";
    const joined = isQuoteAsset(next) && !/^\d+$/.test(word);
    const pair = joined ? { base: word, quote: next } : isQuoteAsset(word) ? undefined : splitSymbol(word);
    if (pair === undefined) continue;
    const [after = ""] = words.slice(place + (joined ? 2 : 1)).map((following) => following.toUpperCase());
    const delivery = /^\d{6}$/.test(after) ? after : "";
    const settle = joined && (after === pair.quote || after === pair.base) ? { settle: after } : {};
    return { symbol: pair.base + pair.quote + delivery, pair, ...settle };
  }
  return undefined;
}

/** The name of a file that is no pair of assets, such as `GOOG`. */
function fallbackSymbol(file: string): string | undefined {
  const words = wordsOf(file).filter(
    (word) => !/^\d+$/.test(word) && timeframeNamed(word) === undefined && exchangeNamed(word) === undefined,
  );
  const isOnlyWords = words.every((word) => isKnown(word) || PLAIN_WORDS.has(word.toLowerCase()));
  return words.length === 0 || isOnlyWords ? undefined : words.join("").toUpperCase();
}

/** A folder counts when more than half of its words are about market data: `binance_spot_1m` does, `futures-bot` does not. */
function isTelling(folder: string): boolean {
  const words = wordsOf(folder).filter((word) => !PLAIN_WORDS.has(word.toLowerCase()));
  return words.filter(isKnown).length * 2 > words.length;
}

function isKnown(word: string): boolean {
  return Boolean(exchangeNamed(word) ?? marketNamed(word) ?? timeframeNamed(word)) || isContentWord(word);
}

function isContentWord(word: string): boolean {
  return Boolean(KIND_WORDS[word.toLowerCase()] ?? PRICE_TYPE_WORDS[word.toLowerCase()]);
}

function wordsOf(text: string): string[] {
  return text.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
}
