import { assert } from "../../../base/assert.ts";
import { ConfigurationError, MetaExpertError } from "../../../base/errors.ts";
import { silentLogger, type Logger } from "../../../base/logger.ts";
import type { Random } from "../../../base/random.ts";
import { wait, type Scheduler } from "../../../base/scheduler.ts";
import { columnsOf, concatBars, type BarColumns } from "../../../domain/bar.ts";
import type { Instrument } from "../../../domain/instrument.ts";
import { barOpenTime, type Timeframe } from "../../../domain/timeframe.ts";
import type { MarketListener, MarketSource, MarketSubscription } from "../../../engine/market-source.ts";
import type { HttpTransport } from "../../transport/http.ts";
import type { RateLimiter } from "../../transport/rate-limiter.ts";
import type { SocketTransport } from "../../transport/socket.ts";
import type { BinanceMarket, Endpoints } from "../endpoints.ts";
import { SETTLED_MS } from "./bar-sync.ts";
import { createCounts, type MarketCounts } from "./counts.ts";
import { Listings } from "./listings.ts";
import { LiveStreams } from "./live-streams.ts";
import { MarketQuestions } from "./market-questions.ts";
import { PublicRest } from "./rest.ts";
import { wishesOf } from "./stream-plan.ts";

export interface BinanceMarketOptions {
  readonly market: BinanceMarket;
  readonly endpoints: Endpoints;
  readonly http: HttpTransport;
  readonly sockets: SocketTransport;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Counts "weight"; to be shared with everything else that asks the same address. @default one of its own */
  readonly limiter?: RateLimiter;
  readonly log?: Logger;
}

/** Public market data of one market of Binance. */
export interface BinanceMarketSource extends MarketSource {
  /** What has been met with so far. */
  readonly counts: Readonly<MarketCounts>;
}

/**
 * Binance's public data: bars, trades, best prices, books and funding of spot, USDⓈ-M or COIN-M.
 *
 * The first bar of a subscription is the one that forms when `subscribe` is called, so history up to the open of that bar leaves neither a
 * hole nor an overlap. Trades are Binance's aggregate trades: fills of one order at one price, added up.
 */
export function createBinanceMarket(options: BinanceMarketOptions): BinanceMarketSource {
  return new BinanceSource(options);
}

class BinanceSource implements BinanceMarketSource {
  readonly name = "binance";
  readonly counts = createCounts();
  readonly #options: BinanceMarketOptions;
  readonly #rest: PublicRest;
  readonly #questions: MarketQuestions;
  readonly #listings: Listings;
  readonly #log: Logger;
  readonly #end = new AbortController();
  #live: LiveStreams | undefined;
  #isSubscribed = false;

  constructor(options: BinanceMarketOptions) {
    const { market, endpoints, http, scheduler, limiter, log = silentLogger } = options;
    assert(endpoints.market === market, "the endpoints belong to the market");
    this.#options = options;
    this.#log = log;
    this.#rest = new PublicRest({ endpoints, http, scheduler, limiter });
    this.#questions = new MarketQuestions(this.#rest, market);
    this.#listings = new Listings(this.#rest, market, log);
  }

  instruments(symbols: readonly string[]): Promise<readonly Instrument[]> {
    return this.#listings.find(symbols);
  }

  async history(symbol: string, timeframe: Timeframe, { from, to }: { readonly from: number; readonly to: number }): Promise<BarColumns> {
    checkTimeframe(timeframe, this.#options.market);
    if (this.#rest.clock.skewMs === Infinity) await this.#rest.clock.resync();
    await this.#settle(timeframe, to);
    const parts: BarColumns[] = [];
    for await (const bars of this.#questions.bars(symbol, timeframe, from, to, this.#rest.clock.now())) parts.push(columnsOf(bars));
    return concatBars(parts);
  }

  subscribe(subscriptions: readonly MarketSubscription[], listener: MarketListener): void {
    assert(!this.#isSubscribed, "subscribe is called once");
    for (const { timeframe } of subscriptions) checkTimeframe(timeframe, this.#options.market);
    this.#isSubscribed = true;
    void this.#start(subscriptions, listener, this.#options.scheduler.now());
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    this.#live?.stop();
    return Promise.resolve();
  }

  /** Asks for the rules of the symbols until they are known, then opens the streams. */
  async #start(subscriptions: readonly MarketSubscription[], listener: MarketListener, calledAt: number): Promise<void> {
    const { scheduler } = this.#options;
    const wishes = wishesOf(subscriptions);
    for (let attempt = 0; !this.#end.signal.aborted; attempt += 1) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
        const [instruments] = await Promise.all([this.#listings.find([...wishes.keys()]), this.#rest.clock.resync()]);
        if (this.#end.signal.aborted) return;
        const shared = {
          ...this.#options,
          log: this.#log,
          rest: this.#rest,
          questions: this.#questions,
          listings: this.#listings,
          counts: this.counts,
        };
        this.#live = new LiveStreams({ ...shared, wishes, instruments, listener, startedAt: calledAt + this.#rest.clock.offsetMs });
        this.#live.start();
        return;
      } catch (error) {
        if (!(error instanceof MetaExpertError)) throw error;
        this.#log.error(`binance: the symbols' rules cannot be had: ${error.message}`);
        for (const symbol of wishes.keys()) listener.onDown(symbol, error.message);
        if (!error.retryable) return;
        // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
        await wait(scheduler, Math.min(30_000, 1_000 * 2 ** attempt), this.#end.signal);
      }
    }
  }

  /** Waits until the last bar asked for is final: the first answers after a bar's end may lack its last trades. */
  async #settle(timeframe: Timeframe, to: number): Promise<void> {
    const now = this.#rest.clock.now();
    const lastEnd = barOpenTime(timeframe, now);
    if (to >= lastEnd && now - lastEnd < SETTLED_MS) await wait(this.#options.scheduler, lastEnd + SETTLED_MS - now, this.#end.signal);
  }
}

function checkTimeframe(timeframe: Timeframe, market: BinanceMarket): void {
  if (timeframe === "10m") throw new ConfigurationError("timeframe: Binance has no bars of 10m; use 5m or 15m");
  if (timeframe === "1s" && market !== "spot")
    throw new ConfigurationError("timeframe: futures of Binance have no bars of 1s; use 1m, or spot");
}
