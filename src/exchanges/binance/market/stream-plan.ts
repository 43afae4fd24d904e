import type { Timeframe } from "../../../domain/timeframe.ts";
import type { MarketSubscription } from "../../../engine/market-source.ts";
import { streamBaseOf, type Endpoints } from "../endpoints.ts";
import type { SymbolWishes } from "./symbol-feed.ts";
import type { StreamKind } from "./stream-router.ts";

/** A stream and what it carries. */
export interface PlannedStream {
  readonly symbol: string;
  readonly name: string;
  readonly kind: StreamKind;
}

/** What one connection carries. */
export interface PlannedConnection {
  readonly url: string;
  readonly streams: readonly PlannedStream[];
}

/** Most streams of one connection: futures allow 200 (developers.binance.com, Connect), spot 1,024. */
const STREAMS_MAX = 200;

/** All wishes about a symbol in one. */
export function wishesOf(subscriptions: readonly MarketSubscription[]): ReadonlyMap<string, SymbolWishes> {
  const wishes = new Map<string, SymbolWishes>();
  for (const { symbol, timeframe, trades, book, funding } of subscriptions) {
    const known = wishes.get(symbol);
    const timeframes = new Set<Timeframe>([...(known?.timeframes ?? []), timeframe]);
    wishes.set(symbol, {
      timeframes: [...timeframes],
      trades: trades || known?.trades === true,
      book: book || known?.book === true,
      funding: funding || known?.funding === true,
    });
  }
  return wishes;
}

/** The connections that bring what is wanted: streams by the address that serves them, no more than one connection may carry. */
export function planConnections(wishes: ReadonlyMap<string, SymbolWishes>, endpoints: Endpoints): readonly PlannedConnection[] {
  const byBase = new Map<string, PlannedStream[][]>();
  for (const [symbol, wish] of wishes) {
    const streams = streamsOf(symbol, wish, endpoints.market !== "spot");
    for (const [base, own] of Map.groupBy(streams, ({ name }) => streamBaseOf(endpoints, name))) {
      const groups = byBase.get(base) ?? [];
      byBase.set(base, groups);
      const group = groups.at(-1);
      // The streams of a symbol stay together: whether one is silent is told by the others.
      if (group !== undefined && group.length + own.length <= STREAMS_MAX) group.push(...own);
      else groups.push([...own]);
    }
  }
  return [...byBase].flatMap(([base, groups]) =>
    groups.map((streams) => ({ url: `${base}/stream?streams=${streams.map(({ name }) => name).join("/")}`, streams })),
  );
}

function streamsOf(symbol: string, { timeframes, trades, book }: SymbolWishes, isFutures: boolean): readonly PlannedStream[] {
  const lower = symbol.toLowerCase();
  const streams: PlannedStream[] = timeframes.map((timeframe) => ({ symbol, name: `${lower}@kline_${timeframe}`, kind: "kline" }));
  if (trades) streams.push({ symbol, name: `${lower}@aggTrade`, kind: "aggTrade" });
  // Also the sign of life of a futures symbol, which may not trade for a while.
  if (isFutures) streams.push({ symbol, name: `${lower}@markPrice@1s`, kind: "markPrice" });
  streams.push({ symbol, name: `${lower}@bookTicker`, kind: "bookTicker" });
  if (book) streams.push({ symbol, name: `${lower}@depth@100ms`, kind: "depth" });
  return streams;
}
