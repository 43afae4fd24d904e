import { Closers } from "../base/closers.ts";
import type { Logger } from "../base/logger.ts";
import { JournalError, MetaExpertError, RateLimitedError } from "../base/errors.ts";
import { createRandom, unforeseenSeed, type Random } from "../base/random.ts";
import { SchedulerScope, wait, type Scheduler } from "../base/scheduler.ts";
import { timeframeMs } from "../domain/timeframe.ts";
import type { Exchange, MarketObserver } from "../engine/exchange.ts";
import { Inbox } from "../engine/inbox.ts";
import type { StreamInfo } from "../engine/feed.ts";
import type { Session } from "../engine/session.ts";
import type { KnownOrders } from "../engine/venue/venue-exchange.ts";
import { VenueExchange } from "../engine/venue/venue-exchange.ts";
import { SIMULATED_CAPABILITIES } from "../exchanges/simulated/exchange.ts";
import { baseFees } from "../exchanges/simulated/fees.ts";
import type { ExpertDefinition } from "../expert/define.ts";
import type { ExpertLog, StopReason } from "../expert/expert.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import { prepareAccount, type PreparedAccount } from "./account.ts";
import { changedOptions, checkPlaceFor } from "./changed-options.ts";
import { LiveMarket } from "./live-market.ts";
import { MonitoredJournal } from "./monitored-journal.ts";
import { idPrefix } from "./order-ids.ts";
import { RunMonitor } from "./run-monitor.ts";
import type { RunHandle, RunOutcome, RunSummary } from "./run-status.ts";
import { HEADER_STATE, writtenRun, type SessionHeader } from "./session-header.ts";
import { openState, type OpenState } from "./state.ts";
import { createPaperExchange, createTradingSession } from "./trading-session.ts";
import { openPlace, type PlaceOptions, type TradingPlace } from "./trading-place.ts";
import { Trust } from "./trust.ts";

/** A run on the market as it is, from an expert to a handle on it. */
export interface RunJob {
  readonly definition: ExpertDefinition;
  readonly run: ResolvedRunOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of everything stored. */
  readonly home: string;
  readonly scheduler: Scheduler;
  /** Tells ids and waits of two starts apart. @default unforeseen */
  readonly random?: Random;
  readonly log: Logger;
  /** Trades with the built-in exchange and its simulated market instead of a real one. */
  readonly sandbox?: boolean;
  /** Asked before anything is traded with money; false ends the run. @default everything is agreed to */
  readonly confirm?: (summary: RunSummary) => Promise<boolean>;
  /** Aborted by the user: the run ends gracefully. */
  readonly signal?: AbortSignal;
  readonly file?: string;
  readonly sourceHash?: string;
  /** What the run stands on; simulations hand in their own. @default the exchange the options name, and the folder `home` */
  readonly ground?: Partial<RunGround>;
}

/** Where a run finds its market, its account and its state, and what its events wait in. */
export interface RunGround {
  readonly openPlace: (options: PlaceOptions) => Promise<TradingPlace>;
  readonly openState: typeof openState;
  readonly openInbox: (streams: readonly StreamInfo[], scheduler: Scheduler) => Inbox;
}

/** How often a start is tried that the exchange asks to wait with. */
const ATTEMPTS_MAX = 5;

/** What the market has sent while the process stood still has been read after so long, milliseconds. */
const CATCH_UP_MS = 1_000;

/** How long a run that failed waits for its requests to cancel, milliseconds. */
const FAREWELL_MS = 5_000;

/** Starts a paper or live run; resolves when it trades. What goes wrong before that is thrown, and nothing is left open. */
export async function startRun(given: RunJob): Promise<RunHandle> {
  const { scheduler, signal, log, confirm } = given;
  const isEnding = (): boolean => signal?.aborted === true;
  let isAgreed = false;
  // Nobody is asked twice.
  const job: RunJob = { ...given, ...(confirm && { confirm: async (summary) => (isAgreed ||= await confirm(summary)) }) };
  for (let attempt = 1; ; attempt += 1) {
    const stack = new Closers();
    try {
      return (await begin(job, stack)).handle();
    } catch (error) {
      await stack[Symbol.asyncDispose]();
      // Starts that follow one another use up what an address may ask within a minute, and positions wait to be watched over.
      if (!(error instanceof RateLimitedError) || attempt >= ATTEMPTS_MAX || isEnding()) throw error;
      log.warn(`${error.message}; the start is tried again then`);
      await wait(scheduler, error.retryAfterMs, signal);
      // Who asks it to end wants no more requests, least of all in a silence.
      if (isEnding()) throw error;
    }
  }
}

async function begin(given: RunJob, stack: Closers): Promise<LiveRun> {
  // Whatever still waits when the run is over, waits no longer.
  const job = { ...given, scheduler: stack.use(new SchedulerScope(given.scheduler)) };
  const { run, scheduler, log, random = createRandom(unforeseenSeed()) } = job;
  const ground: RunGround = { openPlace, openState, openInbox, ...job.ground };
  const isPaper = run.mode === "paper";
  const isSandbox = job.sandbox === true || run.mode === "sandbox";
  const monitor = new RunMonitor({ expertName: job.definition.options.name, run, isPaper, isSandbox, clock: scheduler, log });
  const place = stack.use(await ground.openPlace({ ...job, random, isPaper, isSandbox }));
  const instruments = await place.source.instruments(run.symbols);
  monitor.enter("recovering");
  const state = stack.use(ground.openState(job.home, run, { isPaper, isSandbox, startedAt: scheduler.now() }));
  if (state.recovered.dropped !== undefined) log.warn(state.recovered.dropped);
  const earlierAccount = goOnWith(state, run, log);
  const account = isPaper
    ? undefined
    : await prepareAccount({ ...job, place, instruments, isSandbox, earlierAccount, isContinued: state.restored !== undefined });
  const streams = run.symbols.map((symbol): StreamInfo => ({ symbol, timeframe: run.timeframe, kind: "barsAndTrades" }));
  const fees = baseFees(run.exchange, run.market);
  const takerFeePct = run.takerFeePct ?? fees.takerPct;
  const length = timeframeMs(run.timeframe);
  const capital = account === undefined ? run.initialCapital : account.capital || (state.startEquity ?? 0);
  const header: SessionHeader = {
    version: 1,
    startedAt: scheduler.now(),
    firstStartedAt: state.firstStartedAt ?? scheduler.now(),
    idPrefix: idPrefix(run.strategyId, scheduler.now(), random),
    tradesFrom: Math.floor(scheduler.now() / length) * length,
    expert: { name: job.definition.options.name, file: job.file, sourceHash: job.sourceHash ?? "" },
    account: account?.label,
    run: writtenRun(run),
    initialCapital: capital,
    startEquity: state.startEquity ?? capital,
    costRate: takerFeePct / 100 + run.risk.slippagePct / 100 + run.spreadPct / 200,
    streams,
    instruments,
    exchange: {
      name: run.exchange,
      capabilities: account === undefined ? SIMULATED_CAPABILITIES : account.gateway.capabilities,
      simulated: isPaper ? { makerFeePct: run.makerFeePct ?? fees.makerPct, takerFeePct } : undefined,
    },
  };
  const live = new LiveRun({ job, stack, place, state, header, account, monitor, inbox: ground.openInbox(streams, scheduler) });
  await live.start();
  return live;
}

const openInbox: RunGround["openInbox"] = (streams, scheduler) => new Inbox(streams, scheduler);

interface LiveRunParts {
  readonly job: RunJob;
  readonly stack: Closers;
  readonly place: TradingPlace;
  readonly state: OpenState;
  readonly header: SessionHeader;
  readonly account: PreparedAccount | undefined;
  readonly monitor: RunMonitor;
  readonly inbox: Inbox;
}

/** One run, from its first event to its last. */
class LiveRun {
  readonly #parts: LiveRunParts;
  readonly #journal: MonitoredJournal;
  readonly #session: Session;
  readonly #market: LiveMarket;
  readonly #trust: Trust;
  readonly #venue: VenueExchange | undefined;
  #done: Promise<RunOutcome> | undefined;

  constructor(parts: LiveRunParts) {
    const { job, place, state, header, account, monitor, inbox } = parts;
    const { scheduler, log, run } = { ...job };
    this.#parts = parts;
    this.#journal = new MonitoredJournal(state.journal, monitor);
    this.#journal.state(HEADER_STATE, header);
    const restored = state.restored;
    this.#trust = new Trust({ exchange: run.exchange, symbols: run.symbols, hasAccount: account !== undefined, inbox, scheduler, monitor });
    const { exchange, observer, venue } = this.#exchange(restored);
    this.#venue = venue;
    this.#session = createTradingSession({
      header,
      definition: job.definition,
      exchange,
      observer,
      journal: this.#journal,
      restored,
      log: expertLog(log),
    });
    monitor.watch(this.#session);
    monitor.startEquity = header.startEquity;
    const { handlers } = this.#session.core;
    const { maxSpreadPct, slippagePct } = run.risk;
    this.#market = new LiveMarket({
      source: place.source,
      inbox,
      scheduler,
      symbols: run.symbols,
      timeframe: run.timeframe,
      wants: { book: handlers.book.length > 0, quote: maxSpreadPct !== Infinity || slippagePct > 0, funding: run.market !== "spot" },
      onTrust: (symbol, reason) => this.#trust.onSymbol(symbol, reason),
    });
    monitor.latency = () => this.#market.latencyMs;
    monitor.lastDataAt = () => this.#market.lastDataAt;
  }

  /** Warms up, compares both sides and lets the events flow. */
  async start(): Promise<void> {
    const { job, inbox, monitor, state } = this.#parts;
    const { run, scheduler, signal } = job;
    this.#trust.begin();
    monitor.enter("warmingUp");
    await this.#market.warmUp(warmupOf(this.#session, run));
    const done = this.#run();
    this.#done = done;
    const asked = new Promise<void>((resolve) => {
      const onAbort = (): void => resolve(this.#stop("signal"));
      if (signal?.aborted === true) onAbort();
      signal?.addEventListener("abort", onAbort, { once: true });
    });
    // A run may end before both sides agree: its journal fails, or it is asked to and the exchange does not answer.
    if (this.#venue !== undefined) await Promise.race([this.#venue.start(knownOrders(state, this.#session)), done, asked]);
    if (monitor.phase === "stopped") return;
    if (monitor.phase !== "stopping") this.#market.follow();
    inbox.startClock((lateMs) => this.#onStandstill(lateMs));
    if (run.durationMs !== undefined) {
      monitor.endsAt = scheduler.now() + run.durationMs;
      this.#parts.stack.defer(scheduler.after(run.durationMs, () => this.#stop("duration")));
    }
    if (monitor.phase === "warmingUp") monitor.enter("running");
  }

  handle(): RunHandle {
    const { monitor } = this.#parts;
    return {
      status: () => monitor.status(),
      onChange: (listener) => monitor.onChange(listener),
      stop: (reason) => this.#stop(reason),
      done: this.#done as Promise<RunOutcome>,
    };
  }

  /** The process has slept: no risk is added until what happened meanwhile is known. */
  #onStandstill(lateMs: number): void {
    const reason = `the process stood still for ${Math.round(lateMs / 1_000)} seconds`;
    if (this.#venue !== undefined) return this.#venue.reconciler.onStandstill(reason);
    this.#trust.onAccount(reason);
    this.#parts.job.scheduler.after(CATCH_UP_MS, () => this.#trust.onAccount(undefined));
  }

  #stop(reason: StopReason): void {
    const { inbox, monitor, job } = this.#parts;
    if (monitor.phase !== "stopped") monitor.enter("stopping");
    inbox.push({ kind: "stop", time: job.scheduler.now(), reason });
  }

  async #run(): Promise<RunOutcome> {
    const { inbox, monitor, stack, job } = this.#parts;
    let reason: StopReason = "error";
    let failure: string | undefined;
    try {
      reason = await this.#session.run(inbox);
    } catch (error) {
      failure = error instanceof MetaExpertError ? error.message : `an internal error has ended the run: ${String(error)}`;
      monitor.note({ kind: "error", level: "error", text: failure });
      job.log.debug("where the error came from", { stack: error instanceof Error ? error.stack : undefined });
      await this.#sayFarewell(error);
    }
    this.#tellWhatIsOpen();
    const outcome = this.#outcome(reason, failure);
    await stack[Symbol.asyncDispose]();
    monitor.enter("stopped");
    return { ...outcome, status: monitor.status() };
  }

  /** An order that nobody has heard the end of may still fill. */
  #tellWhatIsOpen(): void {
    const { monitor } = this.#parts;
    for (const { clientOrderId, symbol, side, quantity, status, cancelRequested } of this.#session.core.orders.open()) {
      if (!cancelRequested && status !== "pending" && status !== "unknown") continue;
      const what = `order ${clientOrderId} (${side} ${quantity} ${symbol}) is ${cancelRequested ? "not proven to be cancelled" : status}`;
      monitor.note({
        kind: "note",
        level: "warn",
        text: `${what}: look at the exchange, or start the run again, which asks about it`,
        symbol,
      });
    }
  }

  /** After a failure entries that still wait are taken back: that needs no journal, and what protects positions stays. */
  async #sayFarewell(error: unknown): Promise<void> {
    const { job } = this.#parts;
    const venue = this.#venue;
    if (venue === undefined) return;
    for (const order of this.#session.core.orders.open()) if (order.purpose === "entry") venue.cancel(order.clientOrderId);
    if (error instanceof JournalError) job.log.fatal("the journal cannot be written: nothing more is sent but cancellations of entries");
    const deadline = job.scheduler.now() + FAREWELL_MS;
    while (venue.pendingRequests > 0 && job.scheduler.now() < deadline) await pause(job.scheduler);
  }

  #outcome(reason: string, failure: string | undefined): RunOutcome {
    const { monitor, state } = this.#parts;
    const { orders, portfolio } = this.#session.core;
    return {
      reason,
      ...(failure === undefined ? {} : { failure }),
      status: monitor.status(),
      journal: state.folder,
      journalRecords: this.#journal.length,
      journalHash: this.#journal.hash,
      openOrders: orders.openCount,
      openPositions: portfolio.openCount,
    };
  }

  #exchange(restored: OpenState["restored"]): {
    readonly exchange: Exchange;
    readonly observer?: MarketObserver;
    readonly venue?: VenueExchange;
  } {
    const { header, account, job, inbox, place } = this.#parts;
    if (account === undefined) {
      const paper = createPaperExchange(header, restored);
      return { exchange: paper, observer: paper };
    }
    const { run } = job;
    const venue = new VenueExchange({
      gateway: account.gateway,
      instruments: header.instruments,
      rules: place.source,
      scheduler: job.scheduler,
      log: job.log,
      report: (report) => inbox.push({ kind: "report", report }),
      onVisibility: (isVisible, reason) => this.#trust.onAccount(isVisible ? undefined : reason),
      bookedBalance: (asset) => this.#bookedBalance(asset),
      ...(run.market === "spot"
        ? {}
        : { settings: { leverage: run.risk.leverage, marginMode: run.marginMode, positionMode: run.positionMode } }),
    });
    this.#parts.stack.use(venue);
    return { exchange: venue, venue };
  }

  #bookedBalance(asset: string): number | undefined {
    const { portfolio } = this.#session.core;
    return this.#parts.inbox.isEmpty && asset === portfolio.currency ? portfolio.wallet : undefined;
  }
}

/** What an earlier run has left, as the session has taken it over. */
function knownOrders({ recovered, restored, firstStartedAt }: OpenState, { core }: Session): KnownOrders {
  const fills = recovered.fills.map(({ symbol, tradeId }) => `${symbol}:${tradeId}`);
  const positions = restored?.positions ?? [];
  const orders = restored === undefined ? [] : [...core.orders.table.finished(), ...core.orders.open()].map((order) => order.persisted());
  return { orders, fillIds: fills, positions, seenUntil: restored?.seenUntil, beganAt: firstStartedAt ?? NaN };
}

/** Length of the history that indicators and `warmupBars` ask for, milliseconds. */
function warmupOf(session: Session, run: ResolvedRunOptions): number {
  if (run.warmupBars !== undefined) return run.warmupBars * timeframeMs(run.timeframe);
  let longest = 0;
  for (const { base, coarser } of session.core.streams) {
    for (const series of [base, ...coarser]) longest = Math.max(longest, (series.warmup + 1) * series.lengthMs);
  }
  return longest;
}

/** Looks at what an earlier run has left: whether this one has a place for it, and what has changed since. Gives the account it belongs to. */
function goOnWith({ recovered, restored }: OpenState, run: ResolvedRunOptions, log: Logger): string | undefined {
  if (restored === undefined) return undefined;
  checkPlaceFor(restored, run);
  const earlier = recovered.states.get(HEADER_STATE) as SessionHeader;
  for (const change of changedOptions(earlier.run, writtenRun(run))) log.warn(`changed since the last run: ${change}`);
  return earlier.account;
}

function expertLog(log: Logger): ExpertLog {
  return log.child({ from: "expert" });
}

function pause(scheduler: Scheduler): Promise<void> {
  return new Promise((resolve) => {
    scheduler.after(50, resolve);
  });
}
