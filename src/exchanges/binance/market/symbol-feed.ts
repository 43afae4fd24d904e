import { DataError, MetaExpertError } from "../../../base/errors.ts";
import type { Logger } from "../../../base/logger.ts";
import type { Random } from "../../../base/random.ts";
import type { Scheduler } from "../../../base/scheduler.ts";
import type { Bar } from "../../../domain/bar.ts";
import type { Instrument } from "../../../domain/instrument.ts";
import type { Quote } from "../../../domain/quote.ts";
import type { Trade } from "../../../domain/trade.ts";
import type { Timeframe } from "../../../domain/timeframe.ts";
import type { MarketListener } from "../../../engine/market-source.ts";
import { BarSync } from "./bar-sync.ts";
import { BookSync } from "./book-sync.ts";
import type { MarketCounts } from "./counts.ts";
import { gridsOf, type BookGrids, type DepthColumns } from "./depth.ts";
import { scalesOf, type BookScales, type QuoteFrame, type TradeFrame } from "./frame-scanner.ts";
import { FundingWatch } from "./funding-watch.ts";
import type { StreamKline } from "./klines.ts";
import type { MarketQuestions } from "./market-questions.ts";
import type { MarkPrice } from "./mark-price.ts";
import { PriceGuard } from "./price-guard.ts";
import { Pulse } from "./pulse.ts";
import type { StreamKind, StreamListener } from "./stream-router.ts";
import { SymbolHealth } from "./symbol-health.ts";
import { TradeSync } from "./trade-sync.ts";

/** What is wanted of one symbol, all subscriptions together. */
export interface SymbolWishes {
  readonly timeframes: readonly Timeframe[];
  readonly trades: boolean;
  readonly book: boolean;
  readonly funding: boolean;
}

export interface SymbolFeedOptions {
  readonly instrument: Instrument;
  readonly wishes: SymbolWishes;
  readonly questions: MarketQuestions;
  readonly listener: MarketListener;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly log: Logger;
  readonly counts: MarketCounts;
  /** The exchange's time at which the source was asked for data; the bar that formed then is the first. */
  readonly startedAt: number;
  /** The exchange's time, milliseconds. */
  now(): number;
  /** A message was sent at that time of the exchange and heard at that time of the scheduler. */
  onLatency(eventTime: number, heardAt: number): void;
}

const SILENT = "nothing has come for some seconds";
/** How long an answer may take before the silence counts as trouble, milliseconds. */
const ANSWER_MS = 500;

/** The streams of one connection that belong to a symbol. */
export class Lane {
  readonly kinds: ReadonlySet<StreamKind>;
  readonly pulse = new Pulse();
  /** Whether the connection is there. */
  isOpen = false;
  /** The exchange is being asked whether its silence is real. */
  isProbed = false;
  /** Names of the troubles it can have. */
  readonly connection: string;
  readonly silence: string;
  /** Opens the connection anew. */
  readonly renew: (reason: string) => void;

  constructor(kinds: ReadonlySet<StreamKind>, renew: (reason: string) => void) {
    this.kinds = kinds;
    this.connection = `connection of ${[...kinds].join(", ")}`;
    this.silence = `silence of ${[...kinds].join(", ")}`;
    this.renew = renew;
  }
}

/** Everything about one symbol: its streams' messages come in, what the listener was promised goes out. */
export class SymbolFeed implements StreamListener {
  readonly symbol: string;
  readonly #options: SymbolFeedOptions;
  readonly #health: SymbolHealth;
  readonly #guard = new PriceGuard();
  readonly #trades: TradeSync | undefined;
  readonly #book: BookSync | undefined;
  readonly #bars = new Map<Timeframe, BarSync>();
  readonly #funding: FundingWatch | undefined;
  readonly #lanes: Lane[] = [];
  readonly #laneOf = new Map<StreamKind, Lane>();
  readonly #grids: BookGrids;
  readonly #scales: BookScales;
  #quote: Quote | undefined;
  #isStopped = false;
  #isVerifying = false;

  constructor(options: SymbolFeedOptions) {
    const { instrument, wishes, listener, scheduler, random, questions, counts } = options;
    const { symbol } = instrument;
    this.symbol = symbol;
    this.#options = options;
    this.#grids = gridsOf(instrument);
    this.#scales = scalesOf(this.#grids);
    this.#health = new SymbolHealth({ onUp: () => listener.onUp(symbol), onDown: (reason) => listener.onDown(symbol, reason) });
    const shared = { scheduler, random, now: () => options.now() };
    if (wishes.trades) {
      this.#trades = new TradeSync({
        ...shared,
        fetchTrades: (fromId) => questions.trades(symbol, fromId),
        onTrade: (trade) => this.#handTrade(trade),
        onComplete: (reason) => {
          this.#tell("trades", reason);
          if (reason === undefined) this.#health.well("aggTrade");
        },
        onDuplicate: () => (counts.duplicates += 1),
      });
    }
    if (wishes.book) {
      this.#book = new BookSync({
        ...shared,
        symbol,
        isFutures: instrument.kind !== "spot",
        priceStep: instrument.priceStep,
        quantityStep: instrument.quantityStep,
        fetchSnapshot: () => questions.depth(symbol),
        onBook: (book) => listener.onBook(symbol, book),
        onProven: (reason) => this.#tell("book", reason),
      });
    }
    for (const timeframe of wishes.timeframes) {
      this.#bars.set(
        timeframe,
        new BarSync({
          ...shared,
          timeframe,
          startedAt: options.startedAt,
          fetchBars: (from, to) => this.#fetchBars(timeframe, from, to),
          onBar: (bar) => this.#handBar(timeframe, bar),
          onComplete: (reason) => this.#tell(`bars ${timeframe}`, reason),
          onDuplicate: () => (counts.duplicates += 1),
        }),
      );
    }
    if (wishes.funding && instrument.kind === "perpetual") {
      this.#funding = new FundingWatch({
        ...shared,
        fetchRates: (since) => questions.fundingRates(symbol, since),
        onFunding: (funding) => listener.onFunding(symbol, funding),
      });
    }
  }

  get grids(): BookGrids {
    return this.#book?.grids ?? this.#grids;
  }

  get scales(): BookScales {
    return this.#book?.scales ?? this.#scales;
  }

  /** Adds the connection over which some of the kinds come. */
  addLane(lane: Lane): void {
    this.#lanes.push(lane);
    for (const kind of lane.kinds) this.#laneOf.set(kind, lane);
    this.#health.expect(lane.connection);
  }

  /** A connection is there, from nothing. It counts as well once something has come, or was proven to have not happened. */
  connected(lane: Lane): void {
    lane.isOpen = true;
    lane.pulse.start(this.#options.scheduler.now());
    if (lane.kinds.has("aggTrade")) this.#trades?.connected();
    if (lane.kinds.has("depth")) this.#book?.connected();
    if (lane.kinds.has("kline")) for (const bars of this.#bars.values()) bars.connected();
    if (lane.kinds.has("markPrice")) this.#funding?.connected();
    if (lane.kinds.has("bookTicker")) this.#begin();
  }

  /** The messages of a connection come over another socket, with no moment in between. */
  moved(lane: Lane): void {
    if (lane.kinds.has("depth")) this.#book?.moved();
  }

  disconnected(lane: Lane, reason: string): void {
    lane.isOpen = false;
    this.#quote = undefined;
    this.#health.trouble(lane.connection, reason);
    this.#health.well(lane.silence);
    if (lane.kinds.has("aggTrade")) this.#trades?.disconnected();
    if (lane.kinds.has("depth")) this.#book?.disconnected(reason);
  }

  /** Whether the symbol trades, and why not. */
  setTradable(reason: string | undefined): void {
    this.#tell("status", reason);
  }

  stop(): void {
    this.#isStopped = true;
    this.#health.end();
    this.#trades?.disconnected();
    this.#book?.disconnected("the run is over");
    this.#funding?.stop();
    for (const bars of this.#bars.values()) bars.stop();
  }

  onTrade({ eventTime, id, time, price, quantity, isBuyerMaker }: TradeFrame, longId: string | undefined): void {
    this.#heard("aggTrade", eventTime);
    if (!this.#guard.isPlausible(price)) {
      this.#refuse("aggTrade", `the price ${price} is out of all proportion`);
      return;
    }
    this.#health.well("aggTrade");
    const takerSide = isBuyerMaker ? "sell" : "buy";
    if (longId === undefined) this.#trades?.take({ id: String(id), time, price, quantity, takerSide }, id);
    else this.#trades?.take({ id: longId, time, price, quantity, takerSide });
  }

  onQuote({ eventTime, time, bidPrice, bidQuantity, askPrice, askQuantity }: QuoteFrame): void {
    this.#heard("bookTicker", eventTime);
    if (!this.#guard.isPlausible(bidPrice) || !this.#guard.isPlausible(askPrice)) {
      this.#refuse("bookTicker", `the prices ${bidPrice} and ${askPrice} are out of all proportion`);
      return;
    }
    this.#guard.accept(bidPrice);
    this.#health.well("bookTicker");
    this.#quote = { time: time === 0 ? this.#options.now() : time, bidPrice, bidQuantity, askPrice, askQuantity };
    this.#options.listener.onQuote(this.symbol, this.#quote);
  }

  onDepth(columns: DepthColumns): void {
    this.#heard("depth", columns.eventTime);
    this.#health.well("depth");
    this.#book?.update(columns);
  }

  onKline({ eventTime, timeframe, isClosed, bar }: StreamKline): void {
    this.#heard("kline", eventTime);
    if (!this.#guard.isPlausible(bar.high) || !this.#guard.isPlausible(bar.low)) {
      this.#refuse("kline", `the bar from ${bar.low} to ${bar.high} is out of all proportion`);
      return;
    }
    this.#health.well("kline");
    if (isClosed) this.#bars.get(timeframe)?.take(bar);
  }

  onMarkPrice({ eventTime, nextFundingTime }: MarkPrice): void {
    this.#heard("markPrice", eventTime);
    this.#health.well("markPrice");
    if (nextFundingTime !== undefined) this.#funding?.announce(nextFundingTime);
  }

  onRefused(kind: StreamKind, error: DataError): void {
    this.#heard(kind, 0);
    this.#refuse(kind, error.message, error);
  }

  /** Looks whether the symbol's streams have fallen silent; called every second. */
  checkPulse(): void {
    const now = this.#options.scheduler.now();
    for (const lane of this.#lanes) {
      if (!lane.isOpen || lane.isProbed || this.#health.has(lane.silence) || !lane.pulse.isSilent(now)) continue;
      if (!lane.kinds.has("markPrice")) {
        this.#probe(lane);
        continue;
      }
      // The mark price comes every second, whatever happens.
      this.#health.trouble(lane.silence, SILENT);
      lane.renew("the streams have fallen silent");
    }
  }

  /** Asks for the best prices with which a connection begins: the first that are shown, and what later silence is measured by. */
  #begin(): void {
    this.#options.questions.quote(this.symbol).then(
      (quote) => {
        this.#guard.accept(quote.bidPrice);
        if (this.#isStopped || this.#quote !== undefined || quote.bidPrice >= quote.askPrice) return;
        this.#quote = { ...quote, time: this.#options.now() };
        this.#options.listener.onQuote(this.symbol, this.#quote);
      },
      (error: unknown) => {
        // The streams tell soon; and where they do not, it is asked again.
        if (!(error instanceof MetaExpertError)) throw error;
      },
    );
  }

  /** Asks the exchange whether the silence is real, and opens the connection anew where it is not. A quick answer keeps the symbol up. */
  #probe(lane: Lane): void {
    lane.isProbed = true;
    const doubt = this.#options.scheduler.after(ANSWER_MS, () => this.#health.trouble(lane.silence, SILENT));
    const renew = (reason: string): void => {
      this.#health.trouble(lane.silence, SILENT);
      lane.renew(reason);
    };
    const end = (): boolean => {
      const isWanted = lane.isProbed && !this.#isStopped;
      lane.isProbed = false;
      doubt();
      return isWanted;
    };
    this.#options.questions.quote(this.symbol).then(
      (quote) => {
        if (!end()) return;
        if (isSameQuote(quote, this.#quote)) {
          lane.pulse.provenQuiet(this.#options.scheduler.now());
          this.#health.well(lane.connection);
          this.#health.well(lane.silence);
        } else renew("the streams have fallen silent");
      },
      (error: unknown) => {
        if (!(error instanceof MetaExpertError)) throw error;
        if (end()) renew(`the streams have fallen silent; asked about it: ${error.message}`);
      },
    );
  }

  #heard(kind: StreamKind, eventTime: number): void {
    const lane = this.#laneOf.get(kind);
    if (lane === undefined) return;
    lane.isProbed = false;
    const now = this.#options.scheduler.now();
    lane.pulse.beat(now);
    this.#health.well(lane.connection);
    this.#health.well(lane.silence);
    if (eventTime > 0) this.#options.onLatency(eventTime, now);
  }

  /** A message that is no use: what it should have told is missing until it has been fetched or another one has come. */
  #refuse(kind: StreamKind, reason: string, error?: DataError): void {
    this.#options.counts.refused += 1;
    this.#options.log.warn(`binance ${this.symbol}: a message of ${kind} is refused: ${reason}`);
    this.#health.trouble(kind, `a message of ${kind} is refused: ${reason}`);
    if (error === undefined) this.#verify();
    if (kind === "aggTrade") this.#trades?.missed();
    if (kind === "depth") this.#book?.unreadable(error ?? new DataError(reason));
  }

  /** A price out of proportion: either it is wrong or what we hold it against. The exchange decides. */
  #verify(): void {
    if (this.#isVerifying) return;
    this.#isVerifying = true;
    this.#options.questions.quote(this.symbol).then(
      ({ bidPrice }) => {
        this.#isVerifying = false;
        this.#guard.accept(bidPrice);
      },
      (error: unknown) => {
        this.#isVerifying = false;
        if (!(error instanceof MetaExpertError)) throw error;
      },
    );
  }

  #handTrade(trade: Trade): void {
    this.#guard.accept(trade.price);
    this.#health.well("aggTrade");
    this.#options.listener.onTrade(this.symbol, trade);
  }

  #handBar(timeframe: Timeframe, bar: Bar): void {
    this.#options.listener.onBar(this.symbol, timeframe, bar);
  }

  async #fetchBars(timeframe: Timeframe, from: number, to: number): Promise<readonly Bar[]> {
    const bars: Bar[] = [];
    for await (const page of this.#options.questions.bars(this.symbol, timeframe, from, to, to)) bars.push(...page);
    return bars;
  }

  #tell(part: string, reason: string | undefined): void {
    if (reason === undefined) this.#health.well(part);
    else {
      this.#options.counts.repairs += 1;
      this.#health.trouble(part, reason);
    }
  }
}

function isSameQuote(one: Quote, other: Quote | undefined): boolean {
  return (
    other !== undefined &&
    one.bidPrice === other.bidPrice &&
    one.bidQuantity === other.bidQuantity &&
    one.askPrice === other.askPrice &&
    one.askQuantity === other.askQuantity
  );
}
