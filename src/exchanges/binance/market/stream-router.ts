import { DataError } from "../../../base/errors.ts";
import { parseJson } from "../../transport/lossless-json.ts";
import { toQuote } from "./book-ticker.ts";
import { DepthColumns, readDepthUpdate, type BookGrids } from "./depth.ts";
import { aggTradeShape, FrameScanner, QuoteFrame, TradeFrame, type BookScales, type TradeShape } from "./frame-scanner.ts";
import { toKline, type StreamKline } from "./klines.ts";
import { toMarkPrice, type MarkPrice } from "./mark-price.ts";
import { toNotice, type StreamNotice } from "./notices.ts";
import { toAggTrade } from "./trades.ts";

/** The kinds of stream that are listened to. */
export type StreamKind = "aggTrade" | "bookTicker" | "depth" | "kline" | "markPrice";

/** Who wants to hear a symbol's streams. Frames are reused: copy what is kept. */
export interface StreamListener {
  readonly symbol: string;
  /** How the symbol's book is kept; asked for with every update. */
  readonly grids: BookGrids;
  readonly scales: BookScales;
  /** `id` is the trade's id where it is longer than a double holds, else it is in the frame. */
  onTrade(frame: TradeFrame, id: string | undefined): void;
  onQuote(frame: QuoteFrame): void;
  onDepth(columns: DepthColumns): void;
  onKline(kline: StreamKline): void;
  onMarkPrice(mark: MarkPrice): void;
  /** A message of this kind that cannot be used. */
  onRefused(kind: StreamKind, error: DataError): void;
}

export interface StreamRouterOptions {
  onNotice(notice: StreamNotice): void;
  /** A message that nobody asked for. */
  onUnknown(reason: string): void;
}

interface Route {
  readonly name: Uint8Array;
  readonly kind: StreamKind;
  readonly listener: StreamListener;
  readonly symbol: Uint8Array;
  readonly shape: TradeShape;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const PREFIX = encoder.encode('{"stream":"');
const MIDDLE = encoder.encode('","data":');
const QUOTE = 34;
const BRACE_CLOSE = 125;

/** Longest name of a stream. */
const NAME_MAX = 100;

/**
 * Takes combined frames, {"stream":"btcusdt@aggTrade","data":{…}}, apart and hands each to whoever has asked for its stream: by the scanner
 * where the frame is spelled as expected, else by the general parser.
 */
export class StreamRouter {
  readonly #options: StreamRouterOptions;
  /** By the hash of the name; names of one hash lie side by side. */
  readonly #routes = new Map<number, Route[]>();
  readonly #byName = new Map<string, Route>();
  readonly #scanner = new FrameScanner();
  readonly #trade = new TradeFrame();
  readonly #quote = new QuoteFrame();
  readonly #columns = new DepthColumns();

  constructor(options: StreamRouterOptions) {
    this.#options = options;
  }

  add(stream: string, kind: StreamKind, listener: StreamListener): void {
    const name = encoder.encode(stream);
    const route: Route = { name, kind, listener, symbol: encoder.encode(listener.symbol), shape: aggTradeShape(listener.symbol) };
    const hash = hashOf(name, 0, name.length);
    this.#routes.set(hash, [...(this.#routes.get(hash) ?? []), route]);
    this.#byName.set(stream, route);
  }

  /** One frame of the socket. Throws nothing that the frame is to blame for. */
  take(bytes: Uint8Array): void {
    if (!this.#scan(bytes)) this.#parse(bytes);
  }

  /** The way of nearly all frames; false when the general parser has to look. */
  #scan(bytes: Uint8Array): boolean {
    const last = bytes.length - 1;
    if (bytes[last] !== BRACE_CLOSE || !isAt(bytes, 0, PREFIX)) return false;
    const start = PREFIX.length;
    // A search of the platform's costs more than a name of twenty letters.
    let end = start;
    while (bytes[end] !== QUOTE && end - start < NAME_MAX) end += 1;
    if (!isAt(bytes, end, MIDDLE)) return false;
    const route = this.#find(bytes, start, end);
    if (route === undefined) return false;
    const from = end + MIDDLE.length;
    const { listener } = route;
    switch (route.kind) {
      case "depth":
        if (!this.#scanner.depth(bytes, from, last, route.symbol, listener.scales, this.#columns)) return false;
        listener.onDepth(this.#columns);
        return true;
      case "aggTrade":
        if (!this.#scanner.trade(bytes, from, last, route.shape, this.#trade)) return false;
        listener.onTrade(this.#trade, undefined);
        return true;
      case "bookTicker":
        if (!this.#scanner.quote(bytes, from, last, route.symbol, this.#quote)) return false;
        listener.onQuote(this.#quote);
        return true;
      case "kline":
      case "markPrice":
        return false;
    }
  }

  #find(bytes: Uint8Array, start: number, end: number): Route | undefined {
    const routes = this.#routes.get(hashOf(bytes, start, end));
    if (routes === undefined) return undefined;
    for (const route of routes) if (route.name.length === end - start && isAt(bytes, start, route.name)) return route;
    return undefined;
  }

  #parse(bytes: Uint8Array): void {
    let message: unknown;
    try {
      message = parseJson(decoder.decode(bytes), { where: "stream" });
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#options.onUnknown(error.message);
      return;
    }
    const wrapper = message as { readonly stream?: unknown; readonly data?: unknown } | null;
    const isWrapped = typeof wrapper === "object" && wrapper !== null && Object.hasOwn(wrapper, "stream") && Object.hasOwn(wrapper, "data");
    const payload = isWrapped ? wrapper.data : message;
    const route = isWrapped && typeof wrapper.stream === "string" ? this.#byName.get(wrapper.stream) : undefined;
    if (route !== undefined) {
      this.#hand(route, payload);
      return;
    }
    const notice = toNotice(payload);
    if (notice === undefined) this.#options.onUnknown("a message that nobody has asked for");
    else this.#options.onNotice(notice);
  }

  #hand({ kind, listener }: Route, payload: unknown): void {
    // What the listener throws is no fault of the message, so only reading it is guarded.
    const deliver = this.#read(kind, listener, payload);
    if (deliver instanceof DataError) listener.onRefused(kind, deliver);
    else deliver();
  }

  #read(kind: StreamKind, listener: StreamListener, payload: unknown): (() => void) | DataError {
    try {
      switch (kind) {
        case "depth":
          expectSymbol(readDepthUpdate(payload, listener.grids, this.#columns), listener);
          return () => listener.onDepth(this.#columns);
        case "aggTrade": {
          const { symbol, eventTime, trade } = toAggTrade(payload);
          expectSymbol(symbol, listener);
          const { id, time, price, quantity, takerSide } = trade;
          Object.assign(this.#trade, { eventTime, id: Number(id), time, price, quantity, isBuyerMaker: takerSide === "sell" });
          return () => listener.onTrade(this.#trade, Number.isSafeInteger(Number(id)) ? undefined : id);
        }
        case "bookTicker": {
          const { symbol, eventTime, quote } = toQuote(payload, 0);
          expectSymbol(symbol, listener);
          Object.assign(this.#quote, { eventTime }, quote);
          return () => listener.onQuote(this.#quote);
        }
        case "kline": {
          const kline = toKline(payload);
          expectSymbol(kline.symbol, listener);
          return () => listener.onKline(kline);
        }
        case "markPrice": {
          const mark = toMarkPrice(payload);
          expectSymbol(mark.symbol, listener);
          return () => listener.onMarkPrice(mark);
        }
      }
    } catch (error) {
      if (error instanceof DataError) return error;
      throw error;
    }
  }
}

function expectSymbol(symbol: string, listener: StreamListener): void {
  if (symbol !== listener.symbol) throw new DataError(`a message of ${listener.symbol} names another symbol`);
}

function isAt(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let index = 0; index < expected.length; index += 1) if (bytes[at + index] !== expected[index]) return false;
  return true;
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash >>> 0;
}
