import { silentLogger } from "../../src/base/logger.ts";
import { columnsOf } from "../../src/domain/bar.ts";
import type { TradeColumns } from "../../src/domain/trade.ts";
import type { Feed, SessionEvent } from "../../src/engine/feed.ts";
import type { Journal } from "../../src/engine/journal.ts";
import type { Session } from "../../src/engine/session.ts";
import { SIMULATED_CAPABILITIES } from "../../src/exchanges/simulated/exchange.ts";
import { defineExpert, type ExpertDefinition } from "../../src/expert/define.ts";
import type { Expert, StopReason } from "../../src/expert/expert.ts";
import type { ExpertOptions, RunOptions } from "../../src/expert/options.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { HEADER_STATE, type SessionHeader } from "../../src/run/session-header.ts";
import { restoredFrom, type RestoredRun } from "../../src/run/state.ts";
import { createPaperExchange, createTradingSession } from "../../src/run/trading-session.ts";
import { PERPETUAL } from "./rig.ts";
import { TextJournal } from "./text-journal.ts";

/** Monday, 5 January 2026, 12:00 UTC; times in tests are minutes after it. */
export const NOON = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;

export const at = (minutes: number): number => NOON + Math.round(minutes * MINUTE);

/** The bar that begins at a minute. */
export function bar(minute: number, close: number, volume = 1): SessionEvent {
  const columns = columnsOf([{ openTime: at(minute), open: close, high: close, low: close, close, volume }]);
  return { kind: "bars", stream: 0, columns, from: 0, to: 1 };
}

export function trade(minutes: number, price: number): SessionEvent {
  const columns: TradeColumns = {
    length: 1,
    time: Float64Array.of(at(minutes)),
    price: Float64Array.of(price),
    quantity: Float64Array.of(5),
    takerSide: Int8Array.of(1),
    id: [String(minutes)],
  };
  return { kind: "trades", stream: 0, columns, from: 0, to: 1 };
}

export const time = (minutes: number): SessionEvent => ({ kind: "time", time: at(minutes) });

/** A time event a second, as a clock would give. */
export function seconds(from: number, to: number): SessionEvent[] {
  return Array.from({ length: Math.round((to - from) * 60) }, (_, second) => time(from + (second + 1) / 60));
}

export const stop = (minutes: number, reason: StopReason = "requested"): SessionEvent => ({ kind: "stop", time: at(minutes), reason });

export const connection = (minutes: number, isStale: boolean): SessionEvent => ({
  kind: "connection",
  time: at(minutes),
  isStale,
  state: isStale
    ? { exchange: "binance", status: "reconnecting", reason: "BTCUSDT: no data for 5 s" }
    : { exchange: "binance", status: "connected" },
});

export interface LiveRigOptions {
  readonly expert?: Partial<ExpertOptions>;
  readonly run?: RunOptions;
  readonly journal?: Journal & { readonly latest?: TextJournal["latest"] };
  readonly restored?: RestoredRun | undefined;
  /** Tells the ids of two starts apart. */
  readonly idPrefix?: string;
}

export interface LiveResult {
  readonly session: Session;
  readonly journal: TextJournal;
  /** How the session ended; undefined when it threw. */
  readonly reason: StopReason | undefined;
  readonly failure: unknown;
  /** What its journal would give to the next start. */
  readonly restored: RestoredRun;
}

export function liveDefinition(setup: (expert: Expert) => void, expert: Partial<ExpertOptions> = {}): ExpertDefinition {
  return defineExpert({ name: "Live", symbol: "BTCUSDT", timeframe: "1m", ...expert }, setup);
}

export function liveHeader(definition: ExpertDefinition, options: RunOptions = {}, idPrefix = "me1-"): SessionHeader {
  const { risk, ...others } = options;
  const run = resolveRunOptions(definition.options, {
    mode: "paper",
    marketType: "futures",
    onExit: "leave",
    ...others,
    risk: { sizing: { type: "fixedBase", quantity: 1 }, duplicateWindowMs: 0, priceCollarPct: 50, ...risk },
  });
  return {
    version: 1,
    startedAt: NOON,
    idPrefix,
    tradesFrom: NOON,
    expert: { name: definition.options.name, file: "live.ts", sourceHash: "1" },
    run,
    initialCapital: 10_000,
    startEquity: 10_000,
    costRate: 0,
    streams: [{ symbol: "BTCUSDT", timeframe: "1m", kind: "barsAndTrades" }],
    instruments: [PERPETUAL],
    exchange: { name: "binance", capabilities: SIMULATED_CAPABILITIES, simulated: { makerFeePct: 0, takerFeePct: 0 } },
  };
}

/** Runs an expert on paper over events as they come in real time, to the last of them or until the run ends. */
export async function live(
  events: readonly SessionEvent[],
  setup: (expert: Expert) => void,
  { expert = {}, run = {}, restored, idPrefix = "me1-", journal = new TextJournal() }: LiveRigOptions = {},
): Promise<LiveResult> {
  const definition = liveDefinition(setup, expert);
  const header = liveHeader(definition, run, idPrefix);
  journal.state(HEADER_STATE, header);
  const exchange = createPaperExchange(header, restored);
  const log = silentLogger;
  const session = createTradingSession({ header, definition, exchange, observer: exchange, journal, restored, log });
  const feed = new ListFeed(header, events);
  const ended: { reason?: StopReason; failure?: unknown } = {};
  await session.run(feed).then(
    (reason) => (ended.reason = reason),
    (failure: unknown) => (ended.failure = failure),
  );
  const kept = journal as TextJournal;
  const { latest } = kept;
  const next = restoredFrom(latest.kept()) as RestoredRun;
  return { session, journal: kept, reason: ended.reason, failure: ended.failure, restored: next };
}

class ListFeed implements Feed {
  readonly streams: Feed["streams"];
  readonly #events: readonly SessionEvent[];
  #next = 0;

  constructor({ streams }: SessionHeader, events: readonly SessionEvent[]) {
    this.streams = streams;
    this.#events = events;
  }

  next(): SessionEvent | undefined {
    this.#next += 1;
    return this.#events[this.#next - 1];
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
