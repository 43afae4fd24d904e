import { assert } from "../base/assert.ts";
import { EquityRecorder } from "../analytics/equity-recorder.ts";
import { barCloseTime, timeframeMs } from "../domain/timeframe.ts";
import type { StopReason } from "../expert/expert.ts";
import { Dispatcher, expertError, type Step } from "./dispatcher.ts";
import type { BarsEvent, Feed, FundingEvent, SessionEvent, TradesEvent } from "./feed.ts";
import type { MarketObserver } from "./exchange.ts";
import { firstMomentOf } from "./event-time.ts";
import { QuietRun } from "./quiet-run.ts";
import type { BarSeries } from "./series.ts";
import { SessionCore } from "./session-core.ts";
import type { SessionOptions } from "./session-options.ts";
import type { StreamState } from "./stream-state.ts";
import type { PositionBook } from "./portfolio/position-book.ts";

/**
 * The event loop. It takes market events in time order and, for each moment, lets the exchange see them, brings indicators
 * and positions up to date, and calls the expert. It does not know whether the market is recorded, simulated or live.
 *
 * A bar counts at its close. What is due before that close (timers, bars of other timeframes that ended in a gap) happens
 * first; what is due at it (handlers, timers) happens after every symbol's bar of that moment is in.
 */
export class Session {
  readonly core: SessionCore;
  readonly #observer: MarketObserver | undefined;
  readonly #streams: readonly StreamState[];
  readonly #recorder: EquityRecorder;
  readonly #dispatcher: Dispatcher;
  readonly #keepsEvents: boolean;
  /** How long after its end a bar is waited for before it counts as over without its last row. */
  readonly #lateness: number;
  /** The soonest moment at which something happens without a market event. */
  #deadline = Infinity;
  #markedUntil = -Infinity;
  /** For each stream, the quick way through its quiet rows, where there is one. */
  #quietRuns: readonly (QuietRun | undefined)[] = [];
  #isOver = false;

  constructor(options: SessionOptions) {
    this.core = new SessionCore(options);
    this.#observer = options.observer;
    this.#streams = this.core.streams;
    const first = this.#streams[0];
    assert(first !== undefined, "a session needs a stream");
    this.#keepsEvents = options.journal.keepsEvents;
    this.#lateness = options.barLatenessMs ?? 0;
    this.#dispatcher = new Dispatcher(this.core, () => this.#findDeadline());
    this.#recorder = new EquityRecorder({ startEquity: options.initialCapital, barMs: timeframeMs(first.timeframe) });
  }

  /** Runs a feed to its end or until the run stops. */
  async run(feed: Feed): Promise<StopReason> {
    try {
      return await this.#loop(feed);
    } catch (error) {
      // Rows that a quick walk steps through call the expert directly.
      const { where, now } = this.core;
      throw where === "" ? error : expertError(error, where, now);
    }
  }

  async #loop(feed: Feed): Promise<StopReason> {
    await this.#start();
    while (!this.#isOver) {
      const next = feed.next();
      const event = next instanceof Promise ? await next : next;
      if (event === undefined) break;
      const step = this.handle(event);
      if (step !== undefined) await step;
      if (this.#keepsEvents) this.#settle();
    }
    const reason = this.#isOver ? (this.core.stopReason ?? "requested") : "endOfData";
    await this.#stop(reason);
    if (this.#keepsEvents) this.#settle();
    return reason;
  }

  /** Takes one event in. Returns a promise only when a handler has returned one. */
  handle(event: SessionEvent): Step {
    if (this.#keepsEvents) this.core.options.journal.event(event);
    if (!this.core.timers.isCounting) this.#startTimers(event);
    switch (event.kind) {
      case "bars":
        return this.#bars(event, event.from);
      case "trades":
        return this.#trades(event, event.from);
      case "funding":
        return this.#funding(event);
      case "time":
        return this.#time(event.time);
      default:
        this.core.take(event);
        return this.#flush();
    }
  }

  /** Only time has passed: timers, limits, protection. */
  #time(time: number): Step {
    const { core } = this;
    if (time >= this.#deadline) {
      const passed = this.#passTime(time, true);
      if (passed !== undefined) return passed.then(() => this.#time(time));
    }
    if (this.#isOver || time <= core.tradesFrom) return;
    core.advance(time);
    this.#observer?.onTime(core.now);
    core.watch(time);
    return this.#flush();
  }

  /** An event and all it caused have been handled: what has changed is kept. */
  #settle(): void {
    this.core.keep();
    this.core.options.journal.settled();
  }

  /** Without a first moment of trading timers count from the first thing the market says. */
  #startTimers(event: SessionEvent): void {
    this.core.timers.start(firstMomentOf(event));
    this.#findDeadline();
  }

  /** What was measured. */
  get equity() {
    return this.#recorder.finish();
  }

  #bars(event: BarsEvent, start: number): Step {
    const { core } = this;
    const { columns, to } = event;
    const stream = this.#streams[event.stream] as StreamState;
    const isMonthly = stream.timeframe === "1M";
    const quiet = this.#quietRuns[event.stream];
    for (let row = start; row < to; row += 1) {
      if (quiet !== undefined && core.now >= core.tradesFrom && !core.orders.brackets.hasBreakevens) {
        const next = quiet.walk(event, row, event.more === true ? to - 1 : to, this.#deadline);
        if (next !== row) {
          row = next;
          this.#markedUntil = quiet.lastOpenTime;
          if (quiet.result !== undefined || !core.calls.isEmpty || core.stopReason !== undefined) {
            const step = this.#afterQuiet(quiet, stream);
            if (step !== undefined) return step.then(() => this.#bars(event, row));
            if (this.#isOver) return;
          }
          if (row === to) return;
        }
      }
      const openTime = columns.openTime[row] as number;
      const closeTime = isMonthly ? barCloseTime("1M", openTime) : openTime + stream.barMs;
      if (closeTime > this.#deadline) {
        const passed = this.#passTime(closeTime);
        if (passed !== undefined) return passed.then(() => this.#bars(event, row));
        if (this.#isOver) return;
      }
      core.advance(closeTime);
      if (closeTime <= core.tradesFrom) {
        this.#warmUp(stream, event, row, closeTime);
        continue;
      }
      if (!stream.hasTrades) this.#meetBar(event, row, closeTime);
      stream.lastVolume = columns.volume[row] as number;
      stream.lastOpenTime = openTime;
      this.#collect(stream, event, row, closeTime);
      if (event.more === true && row === to - 1) continue;
      // A symbol may have no row that ends its coarser bar at this moment; the moment ends it all the same.
      if (this.#deadline <= closeTime) {
        this.#closeOverdue(closeTime);
        this.#findDeadline();
      }
      if (this.#mark(openTime)) core.enforceLimits();
      const step = this.#flush();
      if (step !== undefined) return step.then(() => this.#bars(event, row + 1));
      if (this.#isOver) return;
    }
  }

  /** The exchange and the open positions see a bar's prices; where trades arrive too, these have shown them already. */
  #meetBar({ stream: index, columns }: BarsEvent, row: number, closeTime: number): void {
    const { portfolio, orders } = this.core;
    const stream = this.#streams[index] as StreamState;
    const high = columns.high[row] as number;
    const low = columns.low[row] as number;
    const close = columns.close[row] as number;
    if (this.#observer !== undefined) this.#observer.onBar(index, columns, row, closeTime);
    portfolio.mark(stream.book, high, low, close);
    if (stream.shortBook !== undefined) portfolio.mark(stream.shortBook, high, low, close);
    if (orders.brackets.hasBreakevens) orders.brackets.moveToBreakeven(stream.symbol, high, low);
  }

  /** What the handler of a quiet walk's last row has given back or caused. */
  #afterQuiet(quiet: QuietRun, stream: StreamState): Step {
    const { result } = quiet;
    quiet.result = undefined;
    const step = this.#dispatcher.after(result, stream.base.where);
    if (step !== undefined) return step.then(() => this.#dispatcher.flushTimers()).then(() => this.#checkEnd());
    const timers = this.#dispatcher.flushTimers();
    if (timers !== undefined) return timers.then(() => this.#checkEnd());
    this.#checkEnd();
  }

  /** Indicators and histories see the bars before the run begins; nobody else does. */
  #warmUp(stream: StreamState, event: BarsEvent, row: number, closeTime: number): void {
    stream.book.price = event.columns.close[row] as number;
    this.#collect(stream, event, row, closeTime);
    this.#dispatcher.dropDue();
  }

  /** Brings the symbol's series up to date and notes which have closed. On the hot path. */
  #collect(stream: StreamState, event: BarsEvent, row: number, closeTime: number): void {
    const { base, coarser } = stream;
    if (base.isRead) base.takeRow(event.columns, row);
    if (base.handlers.length > 0) this.#dispatcher.addDue(base);
    for (let index = 0; index < coarser.length; index += 1) {
      const series = coarser[index] as BarSeries;
      const wasForming = series.formingUntil;
      if (series.absorb(event.columns, row, closeTime)) {
        if (series.handlers.length > 0) this.#dispatcher.addDue(series);
        this.#findDeadline();
      } else if (wasForming === Infinity) this.#deadline = Math.min(this.#deadline, series.formingUntil + this.#lateness);
    }
  }

  #trades(event: TradesEvent, start: number): Step {
    const { core } = this;
    const { columns, to } = event;
    const stream = this.#streams[event.stream] as StreamState;
    for (let row = start; row < to; row += 1) {
      const time = columns.time[row] as number;
      if (time >= this.#deadline) {
        const passed = this.#passTime(time, true);
        if (passed !== undefined) return passed.then(() => this.#trades(event, row));
        if (this.#isOver) return;
      }
      core.advance(time);
      const price = columns.price[row] as number;
      if (time > core.tradesFrom) {
        this.#observer?.onTrade(event.stream, columns, row);
        core.portfolio.mark(stream.book, price, price, price);
        if (stream.shortBook !== undefined) core.portfolio.mark(stream.shortBook, price, price, price);
        if (core.orders.brackets.hasBreakevens) core.orders.brackets.moveToBreakeven(stream.symbol, price, price);
      } else stream.book.price = price;
      if (!stream.hasBars) {
        for (const series of stream.coarser) {
          series.absorbTrade(price, columns.quantity[row] as number, time);
          this.#deadline = Math.min(this.#deadline, series.formingUntil + this.#lateness);
        }
      }
      if (time <= core.tradesFrom) continue;
      core.queueTick(stream, columns, row);
      const step = this.#flush();
      if (step !== undefined) return step.then(() => this.#trades(event, row + 1));
      if (this.#isOver) return;
    }
  }

  #funding({ stream, funding }: FundingEvent): Step {
    if (funding.time > this.#deadline) {
      const passed = this.#passTime(funding.time);
      if (passed !== undefined) return passed.then(() => this.#funding({ kind: "funding", stream, funding }));
    }
    if (this.#isOver || funding.time <= this.core.tradesFrom) return;
    this.core.advance(funding.time);
    this.#observer?.onFunding(stream, funding);
    this.core.queueFunding(this.#streams[stream] as StreamState, funding);
    return this.#flush();
  }

  /** Lets everything happen that is due before (with `including`, also at) a moment. */
  #passTime(until: number, including = false): Step {
    const { core } = this;
    if (this.#lateness > 0) {
      core.timers.dropMissed(until);
      this.#findDeadline();
    }
    while (including ? this.#deadline <= until : this.#deadline < until) {
      if (this.#isOver) return;
      const moment = this.#deadline;
      core.advance(moment);
      this.#observer?.onTime(core.now);
      this.#closeOverdue(moment);
      this.#findDeadline();
      if (moment > core.tradesFrom) {
        core.queueTimers(moment);
        const step = this.#flush();
        if (step !== undefined) return step.then(() => this.#passTime(until, including));
      } else {
        core.timers.start(moment);
        this.#dispatcher.dropDue();
      }
      this.#findDeadline();
    }
  }

  /** Closes forming bars whose time is over and that no row has closed: the feed had a gap there. */
  #closeOverdue(moment: number): void {
    for (const stream of this.#streams) {
      for (const series of stream.coarser) {
        if (series.formingUntil + this.#lateness > moment) continue;
        series.closeForming();
        if (series.handlers.length > 0) this.#dispatcher.addDue(series);
      }
    }
  }

  #findDeadline(): void {
    let soonest = this.core.timers.nextDue;
    for (const stream of this.#streams)
      for (const series of stream.coarser) soonest = Math.min(soonest, series.formingUntil + this.#lateness);
    this.#deadline = soonest;
  }

  /** Notes the equity of the moment, once; returns whether it did. */
  #mark(openTime: number): boolean {
    if (openTime <= this.#markedUntil) return false;
    this.#markedUntil = openTime;
    const { portfolio } = this.core;
    this.#recorder.mark(openTime, portfolio.equity, (portfolio.books[0] as PositionBook).price, portfolio.openCount > 0);
    return true;
  }

  /** Calls the expert with everything that is due now. */
  #flush(): Step {
    const step = this.#dispatcher.flush();
    if (step !== undefined) return step.then(() => this.#checkEnd());
    this.#checkEnd();
  }

  #checkEnd(): void {
    if (this.core.shouldStop) this.#isOver = true;
  }

  async #start(): Promise<void> {
    const { core } = this;
    core.begin();
    // Where errors of the expert have a policy, each of its handlers is called one by one.
    if (!core.limits.isActive && core.options.onError === undefined) {
      const runs = this.#streams.map((_stream, index) => new QuietRun(core, this.#recorder, this.#observer, index));
      this.#quietRuns = runs.map((run) => (run.isPossible ? run : undefined));
    }
    this.#findDeadline();
    await this.#dispatcher.drain();
  }

  async #stop(reason: StopReason): Promise<void> {
    this.core.end(reason, this.#recorder.finish());
    await this.#dispatcher.drain();
  }
}
