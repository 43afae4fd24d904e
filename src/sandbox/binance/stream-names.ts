import { isTimeframe, type Timeframe } from "../../domain/timeframe.ts";

/** What a public stream carries. `symbol` is empty for streams of all symbols. */
export type StreamTopic =
  | { readonly kind: "trade" | "aggTrade" | "bookTicker" | "ticker" | "miniTicker"; readonly symbol: string }
  | { readonly kind: "depth"; readonly symbol: string; readonly intervalMs: number }
  | { readonly kind: "partial"; readonly symbol: string; readonly levels: number; readonly intervalMs: number }
  | { readonly kind: "kline"; readonly symbol: string; readonly timeframe: Timeframe }
  | { readonly kind: "markPrice"; readonly symbol: string; readonly intervalMs: number };

const INTERVALS: Readonly<Record<string, number>> = { "": NaN, "@100ms": 100, "@250ms": 250, "@500ms": 500, "@0ms": 0, "@1000ms": 1_000 };

/**
 * Reads `btcusdt@depth@100ms` and the like; undefined for a stream there is none of. Names are lower case, as Binance wants them.
 * Without a speed, a book comes each second on spot and every 250 ms on futures, a mark price every three seconds.
 */
export function readTopic(name: string, isSpot: boolean): StreamTopic | undefined {
  if (name.startsWith("!")) return readCommonTopic(name, isSpot);
  const at = name.indexOf("@");
  const symbol = name.slice(0, at);
  if (at < 1 || symbol !== symbol.toLowerCase()) return undefined;
  return readSymbolTopic(symbol.toUpperCase(), name.slice(at + 1), isSpot);
}

function readSymbolTopic(symbol: string, topic: string, isSpot: boolean): StreamTopic | undefined {
  switch (topic) {
    case "trade":
    case "aggTrade":
    case "bookTicker":
    case "ticker":
    case "miniTicker":
      return { kind: topic, symbol };
    case "markPrice":
      return isSpot ? undefined : { kind: "markPrice", symbol, intervalMs: 3_000 };
    case "markPrice@1s":
      return isSpot ? undefined : { kind: "markPrice", symbol, intervalMs: 1_000 };
    default:
  }
  const kline = /^kline_(\w+)$/.exec(topic)?.[1];
  if (kline !== undefined) return isTimeframe(kline) ? { kind: "kline", symbol, timeframe: kline } : undefined;
  const depth = /^depth(5|10|20)?(@\d+ms)?$/.exec(topic);
  const speed = INTERVALS[depth?.[2] ?? ""];
  if (depth === null || speed === undefined) return undefined;
  const intervalMs = Number.isNaN(speed) ? (isSpot ? 1_000 : 250) : speed;
  return depth[1] === undefined ? { kind: "depth", symbol, intervalMs } : { kind: "partial", symbol, levels: Number(depth[1]), intervalMs };
}

function readCommonTopic(name: string, isSpot: boolean): StreamTopic | undefined {
  switch (name) {
    case "!bookTicker":
      return { kind: "bookTicker", symbol: "" };
    case "!ticker@arr":
      return { kind: "ticker", symbol: "" };
    case "!miniTicker@arr":
      return { kind: "miniTicker", symbol: "" };
    case "!markPrice@arr":
      return isSpot ? undefined : { kind: "markPrice", symbol: "", intervalMs: 3_000 };
    case "!markPrice@arr@1s":
      return isSpot ? undefined : { kind: "markPrice", symbol: "", intervalMs: 1_000 };
    default:
      return undefined;
  }
}

/**
 * Whether USDⓈ-M futures tell a stream at an address: since April 2026 books come from `/public`, the rest from `/market`; asked for at the
 * wrong one a stream stays silent ("Important WebSocket Change Notice"). The common address of old tells everything here.
 */
export function isServedAt(topic: StreamTopic, category: "public" | "market" | "private" | undefined): boolean {
  switch (category) {
    case undefined:
      return true;
    case "private":
      return false;
    case "public":
      return topic.kind === "depth" || topic.kind === "partial" || topic.kind === "bookTicker" || topic.kind === "trade";
    case "market":
      return topic.kind !== "depth" && topic.kind !== "partial" && topic.kind !== "bookTicker";
  }
}
