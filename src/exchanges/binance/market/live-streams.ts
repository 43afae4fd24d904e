import type { Logger } from "../../../base/logger.ts";
import type { Random } from "../../../base/random.ts";
import type { Cancel, Scheduler } from "../../../base/scheduler.ts";
import { MetaExpertError } from "../../../base/errors.ts";
import type { Instrument } from "../../../domain/instrument.ts";
import { MINUTE_MS } from "../../../domain/timeframe.ts";
import type { MarketListener } from "../../../engine/market-source.ts";
import type { SocketTransport } from "../../transport/socket.ts";
import type { Endpoints } from "../endpoints.ts";
import type { MarketCounts } from "./counts.ts";
import type { Listings } from "./listings.ts";
import type { MarketQuestions } from "./market-questions.ts";
import type { StreamNotice } from "./notices.ts";
import type { PublicRest } from "./rest.ts";
import { StreamConnection } from "./stream-connection.ts";
import { planConnections, type PlannedConnection, type PlannedStream } from "./stream-plan.ts";
import { StreamRouter, type StreamKind } from "./stream-router.ts";
import { Lane, SymbolFeed, type SymbolWishes } from "./symbol-feed.ts";

export interface LiveStreamsOptions {
  readonly endpoints: Endpoints;
  readonly sockets: SocketTransport;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly log: Logger;
  readonly rest: PublicRest;
  readonly questions: MarketQuestions;
  readonly listings: Listings;
  readonly counts: MarketCounts;
  readonly wishes: ReadonlyMap<string, SymbolWishes>;
  /** Of every symbol that is wished for. */
  readonly instruments: readonly Instrument[];
  readonly listener: MarketListener;
  /** The exchange's time at which the data were asked for. */
  readonly startedAt: number;
}

const TICK_MS = 1_000;

/** How often the exchange's clock is asked again. */
const CLOCK_MS = 30 * MINUTE_MS;

/** How often it is asked whether the symbols trade; futures tell it of all symbols at once, a megabyte. */
const STATUS_MS = { spot: MINUTE_MS, linear: 5 * MINUTE_MS, inverse: 5 * MINUTE_MS } as const;

/** How much one message weighs in the latency that is told. */
const LATENCY_WEIGHT = 0.05;

/** The open connections of a source and the symbols that live on them. */
export class LiveStreams {
  readonly #options: LiveStreamsOptions;
  readonly #feeds = new Map<string, SymbolFeed>();
  readonly #connections: StreamConnection[] = [];
  #latencyMs = NaN;
  #clockAskedAt = 0;
  #statusAskedAt = 0;
  #cancelTick: Cancel | undefined;
  #isStopped = false;

  constructor(options: LiveStreamsOptions) {
    this.#options = options;
    const { wishes, instruments, endpoints, rest } = options;
    for (const instrument of instruments) {
      const { symbol } = instrument;
      if (this.#feeds.has(symbol)) continue;
      this.#feeds.set(
        symbol,
        new SymbolFeed({
          ...options,
          instrument,
          wishes: wishes.get(symbol) as SymbolWishes,
          now: () => rest.clock.now(),
          onLatency: (eventTime, heardAt) => this.#sample(heardAt + rest.clock.offsetMs - eventTime),
        }),
      );
    }
    for (const planned of planConnections(wishes, endpoints)) this.#connections.push(this.#plan(planned));
  }

  start(): void {
    this.#clockAskedAt = this.#options.scheduler.now();
    this.#statusAskedAt = this.#clockAskedAt;
    for (const connection of this.#connections) connection.open();
    this.#tickLater();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelTick?.();
    for (const connection of this.#connections) connection.dispose();
    for (const feed of this.#feeds.values()) feed.stop();
  }

  #plan({ url, streams }: PlannedConnection): StreamConnection {
    const { counts, log } = this.#options;
    const lanes: Array<readonly [feed: SymbolFeed, lane: Lane]> = [];
    const connection = new StreamConnection({
      ...this.#options,
      url,
      onConnected: () => {
        counts.connections += 1;
        for (const [feed, lane] of lanes) feed.connected(lane);
      },
      onMoved: () => {
        counts.connections += 1;
        for (const [feed, lane] of lanes) feed.moved(lane);
      },
      onDisconnected: (reason) => {
        log.warn(`binance: ${reason}`);
        for (const [feed, lane] of lanes) feed.disconnected(lane, reason);
      },
      onMessage: (data) => {
        counts.frames += 1;
        router.take(data);
      },
    });
    const router = new StreamRouter({
      onNotice: (notice) => this.#notice(connection, notice),
      onUnknown: (reason) => {
        counts.unknown += 1;
        log.debug(`binance: ${reason}`);
      },
    });
    for (const [symbol, names] of bySymbol(streams)) {
      const feed = this.#feeds.get(symbol) as SymbolFeed;
      const lane = new Lane(new Set<StreamKind>(names.map(({ kind }) => kind)), (reason) => connection.renew(reason));
      feed.addLane(lane);
      lanes.push([feed, lane]);
      for (const { name, kind } of names) router.add(name, kind, feed);
    }
    return connection;
  }

  #notice(connection: StreamConnection, notice: StreamNotice): void {
    if (notice.kind === "shutdown") {
      this.#options.log.info("binance: the server is about to shut down; moving to another connection");
      connection.replace();
    } else if (notice.kind === "error") this.#options.log.error(`binance: the stream complains: ${notice.reason}`);
  }

  #tickLater(): void {
    this.#cancelTick = this.#options.scheduler.after(TICK_MS, () => this.#tick());
  }

  #tick(): void {
    if (this.#isStopped) return;
    this.#tickLater();
    for (const feed of this.#feeds.values()) feed.checkPulse();
    if (!Number.isNaN(this.#latencyMs)) this.#options.listener.onLatency?.(this.#latencyMs);
    const { scheduler, endpoints } = this.#options;
    const now = scheduler.now();
    if (now - this.#statusAskedAt >= STATUS_MS[endpoints.market]) {
      this.#statusAskedAt = now;
      this.#inBackground(this.#askStatus(), "whether its symbols trade");
    }
    if (now - this.#clockAskedAt >= CLOCK_MS) {
      this.#clockAskedAt = now;
      this.#inBackground(this.#options.rest.clock.resync(), "its time");
    }
  }

  async #askStatus(): Promise<void> {
    const troubles = await this.#options.listings.troubles([...this.#feeds.keys()]);
    if (this.#isStopped) return;
    for (const [symbol, reason] of troubles) this.#feeds.get(symbol)?.setTradable(reason);
  }

  /** A question whose answer can wait for the next time. */
  #inBackground(question: Promise<void>, what: string): void {
    question.catch((error: unknown) => {
      if (!(error instanceof MetaExpertError)) throw error;
      this.#options.log.warn(`binance does not say ${what}: ${error.message}`);
    });
  }

  #sample(latencyMs: number): void {
    this.#latencyMs = Number.isNaN(this.#latencyMs) ? latencyMs : this.#latencyMs + LATENCY_WEIGHT * (latencyMs - this.#latencyMs);
  }
}

function bySymbol(streams: readonly PlannedStream[]): ReadonlyMap<string, readonly PlannedStream[]> {
  return Map.groupBy(streams, ({ symbol }) => symbol);
}
