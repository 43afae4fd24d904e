import type { BookLevel } from "../../domain/order-book.ts";
import type { VenueEvent } from "../venue.ts";
import { writeJson, type JsonObject, type Json } from "./json.ts";
import { row } from "./market-data.ts";
import type { Market } from "./market.ts";
import { aggTradeEvent, bookTickerEvent, depthEvent, klineEvent, markPriceEvent, tickerEvent, tradeEvent } from "./stream-events.ts";
import { readTopic, type StreamTopic } from "./stream-names.ts";

/** Who hears a stream: the text is the raw payload. */
export type StreamListener = (stream: string, text: string) => void;

interface Stream {
  readonly name: string;
  readonly topic: StreamTopic;
  readonly listeners: Set<StreamListener>;
  /** Levels that wait for the next message, by price. */
  readonly bids: Map<number, number>;
  readonly asks: Map<number, number>;
  first: number;
  last: number;
  isDue: boolean;
  /** When it told something last, venue time. */
  toldAt: number;
  /** What it told last, where the same is not told twice. */
  told: string;
}

type DepthEvent = Extract<VenueEvent, { kind: "depth" }>;
type MarkEvent = Extract<VenueEvent, { kind: "markPrice" }>;

/** The public streams of one market: made when somebody listens, fed by the venue's events at the speed of their name. */
export class MarketStreams {
  readonly #market: Market;
  readonly #streams = new Map<string, Stream>();
  readonly #marks = new Map<string, MarkEvent>();

  constructor(market: Market) {
    this.#market = market;
  }

  /** False where there is no such stream. */
  add(name: string, listener: StreamListener): boolean {
    const topic = readTopic(name, this.#market.isSpot);
    if (topic === undefined || (topic.symbol !== "" && this.#market.find(topic.symbol) === undefined)) return false;
    let stream = this.#streams.get(name);
    if (stream === undefined) {
      const last = topic.symbol === "" ? 0 : this.#market.venue.depth(topic.symbol, 1).lastUpdateId;
      stream = {
        name,
        topic,
        listeners: new Set(),
        bids: new Map(),
        asks: new Map(),
        first: 0,
        last,
        isDue: false,
        toldAt: -Infinity,
        told: "",
      };
      this.#streams.set(name, stream);
    }
    stream.listeners.add(listener);
    return true;
  }

  remove(name: string, listener: StreamListener): void {
    const stream = this.#streams.get(name);
    stream?.listeners.delete(listener);
    if (stream?.listeners.size === 0) this.#streams.delete(name);
  }

  /** To be called with every event of the venue. */
  onEvent(event: VenueEvent): void {
    if (this.#streams.size === 0) return;
    switch (event.kind) {
      case "trade":
        return this.#onTrade(event);
      case "depth":
        return this.#onDepth(event);
      case "bar":
        return this.#onBar(event);
      case "markPrice":
        return this.#onMarkPrice(event);
      default:
    }
  }

  #onTrade({ symbol, trade }: Extract<VenueEvent, { kind: "trade" }>): void {
    const instrument = this.#market.find(symbol);
    if (instrument === undefined) return;
    const lower = symbol.toLowerCase();
    this.#tell(`${lower}@trade`, () => tradeEvent(this.#market, instrument, trade));
    this.#tell(`${lower}@aggTrade`, () => aggTradeEvent(this.#market, instrument, trade));
    for (const stream of this.#about("ticker", symbol)) this.#later(stream, 1_000);
    for (const stream of this.#about("miniTicker", symbol)) this.#later(stream, 1_000);
  }

  #onDepth(event: DepthEvent): void {
    for (const stream of this.#about("depth", event.symbol)) {
      if (stream.first === 0) stream.first = event.first;
      collect(stream.bids, event.bids);
      collect(stream.asks, event.asks);
      this.#later(stream, stream.topic.kind === "depth" ? stream.topic.intervalMs : 0, event.last);
    }
    for (const stream of this.#about("partial", event.symbol)) {
      this.#later(stream, stream.topic.kind === "partial" ? stream.topic.intervalMs : 0);
    }
    for (const stream of this.#about("bookTicker", event.symbol)) this.#tellBest(stream, event);
  }

  #onBar({ symbol, timeframe, bar, isClosed }: Extract<VenueEvent, { kind: "bar" }>): void {
    const instrument = this.#market.find(symbol);
    if (instrument === undefined) return;
    this.#tell(`${symbol.toLowerCase()}@kline_${timeframe}`, () => klineEvent(this.#market, instrument, { timeframe, bar, isClosed }));
  }

  #onMarkPrice(event: MarkEvent): void {
    this.#marks.set(event.symbol, event);
    for (const stream of this.#about("markPrice", event.symbol)) {
      const intervalMs = stream.topic.kind === "markPrice" ? stream.topic.intervalMs : 0;
      // A little early is in time: the venue tells at its own pace.
      if (event.time - stream.toldAt < intervalMs - 100) continue;
      stream.toldAt = event.time;
      const rows = [...this.#marks.values()]
        .filter(({ symbol }) => stream.topic.symbol === "" || symbol === stream.topic.symbol)
        .map((mark) => this.#mark(mark));
      const [first = {}] = rows;
      this.#send(stream, stream.topic.symbol === "" ? rows : first);
    }
  }

  #mark(event: MarkEvent): JsonObject {
    return markPriceEvent(this.#market, this.#market.instrument(event.symbol), event);
  }

  #tellBest(stream: Stream, event: DepthEvent): void {
    const instrument = this.#market.instrument(event.symbol);
    const { bids, asks } = this.#market.venue.depth(event.symbol, 1);
    const [bid] = bids;
    const [ask] = asks;
    if (bid === undefined || ask === undefined) return;
    const state = `${event.symbol} ${bid.price} ${bid.quantity} ${ask.price} ${ask.quantity}`;
    if (state === stream.told) return;
    stream.told = state;
    const quote = { updateId: event.last, bid: [bid.price, bid.quantity], ask: [ask.price, ask.quantity], time: event.time } as const;
    this.#send(stream, bookTickerEvent(this.#market, instrument, quote));
  }

  /** Tells at the next whole interval, once for all that happens until then. */
  #later(stream: Stream, intervalMs: number, last?: number): void {
    const previous = stream.last;
    if (stream.isDue) {
      stream.last = last ?? stream.last;
      return;
    }
    stream.isDue = true;
    stream.last = last ?? stream.last;
    if (intervalMs === 0) return this.#flush(stream, previous);
    const now = this.#market.scheduler.now();
    this.#market.scheduler.after(intervalMs - (now % intervalMs), () => this.#flush(stream, previous));
  }

  #flush(stream: Stream, previous: number): void {
    stream.isDue = false;
    if (stream.listeners.size === 0) return;
    const { topic } = stream;
    if (topic.kind === "ticker" || topic.kind === "miniTicker") return this.#flushTicker(stream, topic.kind === "miniTicker");
    const instrument = this.#market.instrument(topic.symbol);
    const time = this.#market.venue.now;
    if (topic.kind === "partial") {
      const { lastUpdateId, bids, asks } = this.#market.venue.depth(topic.symbol, topic.levels);
      const rows = {
        bids: bids.map((level) => row(this.#market, instrument, level)),
        asks: asks.map((level) => row(this.#market, instrument, level)),
      };
      const message = { first: lastUpdateId, last: lastUpdateId, previous: lastUpdateId - 1, ...rows, time };
      this.#send(stream, this.#market.isSpot ? { lastUpdateId, ...rows } : depthEvent(this.#market, instrument, message));
      return;
    }
    const levels = (side: Map<number, number>): readonly Json[] =>
      [...side].map(([price, quantity]) => row(this.#market, instrument, { price, quantity }));
    const message = { first: stream.first, last: stream.last, previous, bids: levels(stream.bids), asks: levels(stream.asks), time };
    stream.first = 0;
    stream.bids.clear();
    stream.asks.clear();
    this.#send(stream, depthEvent(this.#market, instrument, message));
  }

  #flushTicker(stream: Stream, isMini: boolean): void {
    const { symbol } = stream.topic;
    if (symbol !== "") return this.#send(stream, tickerEvent(this.#market, this.#market.instrument(symbol), isMini));
    this.#send(
      stream,
      this.#market.venue.instruments.map((instrument) => tickerEvent(this.#market, instrument, isMini)),
    );
  }

  #tell(name: string, make: () => JsonObject): void {
    const stream = this.#streams.get(name);
    if (stream !== undefined) this.#send(stream, make());
  }

  #send(stream: Stream, payload: Json): void {
    const text = writeJson(payload);
    for (const listener of stream.listeners) listener(stream.name, text);
  }

  *#about(kind: StreamTopic["kind"], symbol: string): Generator<Stream> {
    for (const stream of this.#streams.values()) {
      if (stream.topic.kind === kind && (stream.topic.symbol === symbol || stream.topic.symbol === "")) yield stream;
    }
  }
}

function collect(side: Map<number, number>, levels: readonly BookLevel[]): void {
  for (const { price, quantity } of levels) side.set(price, quantity);
}
