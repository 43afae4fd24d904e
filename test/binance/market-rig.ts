import { NetworkError } from "../../src/base/errors.ts";
import { createRandom } from "../../src/base/random.ts";
import { VirtualScheduler } from "../../src/base/scheduler.ts";
import { barCloseTime, barOpenTime, type Timeframe } from "../../src/domain/timeframe.ts";
import type { MarketSubscription } from "../../src/engine/market-source.ts";
import { endpointsOf, type BinanceMarket } from "../../src/exchanges/binance/endpoints.ts";
import { createBinanceMarket, type BinanceMarketSource } from "../../src/exchanges/binance/market/market-source.ts";
import type { HttpRequest, HttpResponse, HttpTransport } from "../../src/exchanges/transport/http.ts";
import type { Socket, SocketHandlers, SocketTransport } from "../../src/exchanges/transport/socket.ts";
import { bookText, Recorder } from "./market-recorder.ts";

/** A trade as Binance's aggTrades tell it. */
export interface WireTrade {
  readonly a: number;
  readonly p: string;
  readonly q: string;
  readonly T: number;
  readonly m: boolean;
}

/** One open socket as the exchange sees it. */
interface Line {
  readonly streams: ReadonlySet<string>;
  readonly handlers: SocketHandlers;
  isOpen: boolean;
}

const encoder = new TextEncoder();

/** An exchange of one symbol, in memory, on a virtual clock: it knows every trade, bar and price, whatever becomes of the messages. */
export class MemoryExchange implements HttpTransport, SocketTransport {
  readonly scheduler: VirtualScheduler;
  readonly market: BinanceMarket;
  readonly symbol: string;
  readonly trades: WireTrade[] = [];
  readonly fundings: unknown[] = [];
  readonly requests: string[] = [];
  readonly urls: string[] = [];
  readonly lines: Line[] = [];
  quote = { bid: "99.9", bidSize: "5", ask: "100.1", askSize: "7" };
  readonly bids = new Map([["99.9", "5"]]);
  readonly asks = new Map([["100.1", "7"]]);
  /** Every state that the book has had, with its place in their order. */
  readonly states = new Map([[bookText(this.bids, this.asks), 0]]);
  updateId = 1_000;
  status = "TRADING";
  nextFundingTime = Date.UTC(2026, 5, 1, 16);
  /** What every question is answered with instead of the truth. */
  reply: ((path: string) => HttpResponse | Error | undefined) | undefined;
  /** Messages sent while this is set are lost. */
  isLosing = false;
  /** Whether sockets can be opened. */
  isReachable = true;

  constructor(market: BinanceMarket, startMs: number) {
    this.market = market;
    this.symbol = market === "inverse" ? "BTCUSD_PERP" : "BTCUSDT";
    this.scheduler = new VirtualScheduler(startMs);
    this.trades.push({ a: 5_000, p: "100", q: "1", T: startMs - 1, m: false });
  }

  get now(): number {
    return this.scheduler.now();
  }

  /** Something is traded; told to those who listen. */
  trade(price: string): void {
    const trade = { a: (this.trades.at(-1)?.a ?? 0) + 1, p: price, q: "0.5", T: this.now, m: true };
    this.trades.push(trade);
    this.tell("aggTrade", this.tradeMessage(trade));
  }

  tradeMessage(trade: WireTrade): object {
    return { e: "aggTrade", E: this.now, s: this.symbol, ...trade, f: 1, l: 1, M: true };
  }

  /** The best prices change; told to those who listen. */
  move(bid: string, ask: string): void {
    this.quote = { ...this.quote, bid, ask };
    this.updateId += 1;
    const { bidSize, askSize } = this.quote;
    const times = this.market === "spot" ? {} : { e: "bookTicker", T: this.now, E: this.now };
    this.tell("bookTicker", { ...times, u: this.updateId, s: this.symbol, b: bid, B: bidSize, a: ask, A: askSize });
  }

  /** The best prices move by a tick, up and down in turn, and a deeper level takes a quantity of its own; the book's update tells it too. */
  shift(): void {
    const { bid, ask } = this.quote;
    const isLow = Number(bid) < 99.95;
    const next = isLow ? { bid: "100.0", ask: "100.2" } : { bid: "99.9", ask: "100.1" };
    const before = this.updateId;
    this.move(next.bid, next.ask);
    const { bidSize, askSize } = this.quote;
    const b = [
      [bid, "0"],
      [next.bid, bidSize],
      [`9${this.updateId % 7}.5`, String(this.updateId)],
    ] as const;
    const a = [
      [ask, "0"],
      [next.ask, askSize],
    ] as const;
    for (const [price, quantity] of b) change(this.bids, price, quantity);
    for (const [price, quantity] of a) change(this.asks, price, quantity);
    this.states.set(bookText(this.bids, this.asks), this.states.size);
    const ids = this.market === "spot" ? {} : { T: this.now, pu: before };
    this.tell("depth@100ms", { e: "depthUpdate", E: this.now, s: this.symbol, U: before + 1, u: this.updateId, ...ids, b, a });
  }

  /** A kline message of the bar that opens at a moment. */
  kline(timeframe: Timeframe, openTime: number, isClosed: boolean): void {
    const [, o, h, l, c, v] = this.#row(timeframe, openTime) as string[];
    const k = { t: openTime, T: barCloseTime(timeframe, openTime) - 1, s: this.symbol, i: timeframe, o, h, l, c, v, x: isClosed };
    this.tell(`kline_${timeframe}`, { e: "kline", E: this.now, s: this.symbol, k });
  }

  markPrice(): object {
    return { e: "markPriceUpdate", E: Math.floor(this.now), s: this.symbol, p: "100", r: "0.0001", T: this.nextFundingTime };
  }

  /** Sends a payload to everybody who listens to a stream of the symbol. */
  tell(stream: string, payload: unknown): void {
    this.tellRaw(stream, JSON.stringify(payload));
  }

  tellRaw(stream: string, payload: string): void {
    const name = `${this.symbol.toLowerCase()}@${stream}`;
    if (this.isLosing) return;
    for (const line of this.lines) {
      if (line.isOpen && line.streams.has(name)) line.handlers.onMessage(encoder.encode(`{"stream":"${name}","data":${payload}}`));
    }
  }

  /** Sends a whole frame to every open socket. */
  tellAll(frame: string): void {
    for (const line of this.lines) if (line.isOpen) line.handlers.onMessage(encoder.encode(frame));
  }

  /** Ends every connection. */
  hangUp(): void {
    for (const line of this.lines.slice()) this.#close(line, 1006, "gone");
  }

  get openLines(): number {
    return this.lines.filter(({ isOpen }) => isOpen).length;
  }

  open(url: string, handlers: SocketHandlers): Socket {
    this.urls.push(url);
    const streams = new Set((new URL(url).searchParams.get("streams") ?? "").split("/"));
    const line: Line = { streams, handlers, isOpen: false };
    this.lines.push(line);
    this.scheduler.after(10, () => {
      if (!this.lines.includes(line)) return;
      if (!this.isReachable) {
        this.#close(line, 1006, "connection refused");
        return;
      }
      line.isOpen = true;
      handlers.onOpen();
    });
    return {
      send: () => {},
      close: () => this.#close(line, 1000, ""),
      terminate: () => this.#close(line, 1006, ""),
      bufferedBytes: 0,
    };
  }

  send({ url }: HttpRequest): Promise<HttpResponse> {
    const { pathname, search, searchParams } = new URL(url);
    const path = pathname.replace(/^\/(api\/v3|fapi\/v1|dapi\/v1)\//, "");
    this.requests.push(path + search);
    return new Promise((resolve, reject) => {
      this.scheduler.after(10, () => {
        const reply = this.reply?.(path) ?? { status: 200, headers: {}, body: JSON.stringify(this.#answer(path, searchParams)) };
        this.scheduler.after(10, () => {
          if (reply instanceof Error) reject(reply);
          else resolve(reply);
        });
      });
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  #close(line: Line, code: number, reason: string): void {
    const at = this.lines.indexOf(line);
    if (at < 0) return;
    this.lines.splice(at, 1);
    line.isOpen = false;
    line.handlers.onClose(code, reason);
  }

  #answer(path: string, query: URLSearchParams): unknown {
    const limit = Number(query.get("limit") ?? 500);
    switch (path) {
      case "time":
        return { serverTime: Math.floor(this.now) };
      case "exchangeInfo":
        return { serverTime: Math.floor(this.now), rateLimits: [], symbols: [this.#rules()] };
      case "klines":
        return this.#klines(query.get("interval") as Timeframe, Number(query.get("startTime")), Number(query.get("endTime")), limit);
      case "aggTrades": {
        const from = query.get("fromId");
        return from === null ? this.trades.slice(-limit) : this.trades.filter(({ a }) => a >= Number(from)).slice(0, limit);
      }
      case "depth":
        return {
          lastUpdateId: this.updateId,
          bids: [...this.bids],
          asks: [...this.asks],
        };
      case "ticker/bookTicker":
        return {
          symbol: this.symbol,
          bidPrice: this.quote.bid,
          bidQty: this.quote.bidSize,
          askPrice: this.quote.ask,
          askQty: this.quote.askSize,
        };
      case "fundingRate":
        return this.fundings.filter((row) => (row as { fundingTime: number }).fundingTime >= Number(query.get("startTime")));
      default:
        throw new NetworkError(`no answer to ${path}`);
    }
  }

  #rules(): object {
    return {
      symbol: this.symbol,
      status: this.status,
      contractType: "PERPETUAL",
      contractSize: 100,
      deliveryDate: 4133404800000,
      baseAsset: "BTC",
      quoteAsset: "USDT",
      marginAsset: "USDT",
      filters: [
        { filterType: "PRICE_FILTER", tickSize: "0.10" },
        { filterType: "LOT_SIZE", stepSize: "0.50000", minQty: "0.5", maxQty: "1000" },
      ],
    };
  }

  /** Rows as Binance gives them: from the start on, the forming bar last; COIN-M gives the newest of the span. */
  #klines(timeframe: Timeframe, start: number, end: number, limit: number): readonly unknown[] {
    const rows: unknown[] = [];
    let openTime = barOpenTime(timeframe, start);
    if (openTime < start) openTime = barCloseTime(timeframe, openTime);
    for (; openTime <= Math.min(end, this.now); openTime = barCloseTime(timeframe, openTime)) rows.push(this.#row(timeframe, openTime));
    return this.market === "inverse" ? rows.slice(-limit) : rows.slice(0, limit);
  }

  #row(timeframe: Timeframe, openTime: number): readonly unknown[] {
    const base = 100 + ((openTime / 60_000) % 7);
    const end = barCloseTime(timeframe, openTime) - 1;
    return [openTime, String(base), String(base + 2), String(base - 2), String(base + 1), "10", end, "0", 1, "0", "0", "0"];
  }
}

function change(side: Map<string, string>, price: string, quantity: string): void {
  if (quantity === "0") side.delete(price);
  else side.set(price, quantity);
}

export interface Rig {
  readonly exchange: MemoryExchange;
  readonly source: BinanceMarketSource;
  readonly recorder: Recorder;
  /** Lets time pass. */
  run(ms: number): Promise<void>;
  /** Lets time pass while the best prices change now and then, as on a lively market. */
  live(ms: number): Promise<void>;
}

/** 10:00:30 of a day; bars of a minute end at the half minutes of the test's clock. */
export const START = Date.UTC(2026, 5, 1, 10, 0, 30);

/** A source on an exchange in memory; nothing is subscribed yet. */
export function createRig(market: BinanceMarket = "spot"): Rig {
  const exchange = new MemoryExchange(market, START);
  const { scheduler } = exchange;
  const source = createBinanceMarket({
    market,
    endpoints: endpointsOf({ market }),
    http: exchange,
    sockets: exchange,
    scheduler,
    random: createRandom(7),
  });
  async function run(ms: number): Promise<void> {
    const until = scheduler.now() + ms;
    await settle();
    while (scheduler.nextDue <= until) {
      scheduler.step();
      await settle();
    }
    scheduler.advanceTo(until);
  }
  let isHigh = false;
  async function live(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 500) {
      isHigh = !isHigh;
      exchange.move(isHigh ? "100.0" : "99.9", "100.1");
      if (market !== "spot") exchange.tell("markPrice@1s", exchange.markPrice());
      await run(Math.min(500, left));
    }
  }
  return { exchange, source, recorder: new Recorder(() => scheduler.now() - START), run, live };
}

export function subscription(exchange: MemoryExchange, wishes: Partial<MarketSubscription> = {}): MarketSubscription {
  return { symbol: exchange.symbol, timeframe: "1m", trades: true, book: false, funding: false, ...wishes };
}

/** Lets everything that waits for nothing but its turn run. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
