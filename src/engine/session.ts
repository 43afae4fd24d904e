import { assert } from "../base/assert.ts";
import { ExpertError, MetaExpertError } from "../base/errors.ts";
import { EquityRecorder } from "../analytics/equity-recorder.ts";
import { barCloseTime, timeframeMs } from "../domain/timeframe.ts";
import type { HandlerResult, StopReason } from "../expert/expert.ts";
import type { BarsEvent, Feed, FundingEvent, SessionEvent, TradesEvent } from "./feed.ts";
import type { MarketObserver } from "./exchange.ts";
import { QuietRun } from "./quiet-run.ts";
import type { BarHandler, BarSeries } from "./series.ts";
import { SessionCore, type SessionOptions } from "./session-core.ts";
import type { StreamState } from "./stream-state.ts";
import type { PositionBook } from "./portfolio/position-book.ts";

/** What a step gives back: nothing, or a promise to wait for before the next. */
type Step = void | Promise<void>;

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
  /** Series that have closed at the present moment and whose handlers have not run yet. */
  readonly #due: BarSeries[] = [];
  #dueCount = 0;
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
    this.#recorder = new EquityRecorder({ startEquity: options.initialCapital, barMs: timeframeMs(first.timeframe) });
  }

  /** Runs a feed to its end or until the run stops. */
  async run(feed: Feed): Promise<StopReason> {
    try {
      await this.#start();
      while (!this.#isOver) {
        const next = feed.next();
        const event = next instanceof Promise ? await next : next;
        if (event === undefined) break;
        const step = this.handle(event);
        if (step !== undefined) await step;
      }
      const reason = this.#isOver ? (this.core.stopReason ?? "requested") : "endOfData";
      await this.#stop(reason);
      return reason;
    } catch (error) {
      throw this.#blame(error);
    }
  }

  /** Takes one market event in. Returns a promise only when a handler has returned one. */
  handle(event: SessionEvent): Step {
    if (!this.core.timers.isCounting) this.#startTimers(event);
    switch (event.kind) {
      case "bars":
        return this.#bars(event, event.from);
      case "trades":
        return this.#trades(event, event.from);
      case "funding":
        return this.#funding(event);
      case "book":
      case "report":
      case "time":
      case "connection":
      case "stop":
        return undefined;
    }
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
    const observer = this.#observer;
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
      core.now = closeTime;
      if (closeTime <= core.tradesFrom) {
        this.#warmUp(stream, event, row, closeTime);
        continue;
      }
      if (observer !== undefined) observer.onBar(event.stream, columns, row, closeTime);
      core.portfolio.mark(stream.book, columns.high[row] as number, columns.low[row] as number, columns.close[row] as number);
      if (stream.shortBook !== undefined)
        core.portfolio.mark(stream.shortBook, columns.high[row] as number, columns.low[row] as number, columns.close[row] as number);
      stream.lastVolume = columns.volume[row] as number;
      stream.lastOpenTime = openTime;
      if (core.orders.brackets.hasBreakevens)
        core.orders.brackets.moveToBreakeven(stream.symbol, columns.high[row] as number, columns.low[row] as number);
      this.#collect(stream, event, row, closeTime);
      if (event.more === true && row === to - 1) continue;
      // A symbol may have no row that ends its coarser bar at this moment; the moment ends it all the same.
      if (this.#deadline <= closeTime) {
        this.#closeOverdue(closeTime);
        this.#findDeadline();
      }
      if (this.#mark(openTime)) core.enforceLimits(this.#recorder.peak);
      const step = this.#flush();
      if (step !== undefined) return step.then(() => this.#bars(event, row + 1));
      if (this.#isOver) return;
    }
  }

  /** What the handler of a quiet walk's last row has given back or caused. */
  #afterQuiet(quiet: QuietRun, stream: StreamState): Step {
    const { result } = quiet;
    quiet.result = undefined;
    const step = this.#after(result, stream.base.where);
    if (step !== undefined) return step.then(() => void this.#flushTimers());
    return this.#flushTimers();
  }

  /** Indicators and histories see the bars before the run begins; nobody else does. */
  #warmUp(stream: StreamState, event: BarsEvent, row: number, closeTime: number): void {
    stream.book.price = event.columns.close[row] as number;
    this.#collect(stream, event, row, closeTime);
    this.#dueCount = 0;
  }

  /** Brings the symbol's series up to date and notes which have closed. On the hot path. */
  #collect(stream: StreamState, event: BarsEvent, row: number, closeTime: number): void {
    const { base, coarser } = stream;
    if (base.isRead) base.takeRow(event.columns, row);
    if (base.handlers.length > 0) this.#addDue(base);
    for (let index = 0; index < coarser.length; index += 1) {
      const series = coarser[index] as BarSeries;
      const wasForming = series.formingUntil;
      if (series.absorb(event.columns, row, closeTime)) {
        if (series.handlers.length > 0) this.#addDue(series);
        this.#findDeadline();
      } else if (wasForming === Infinity) this.#deadline = Math.min(this.#deadline, series.formingUntil);
    }
  }

  #addDue(series: BarSeries): void {
    this.#due[this.#dueCount] = series;
    this.#dueCount += 1;
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
      core.now = time;
      const price = columns.price[row] as number;
      if (time > core.tradesFrom) {
        this.#observer?.onTrade(event.stream, columns, row);
        core.portfolio.mark(stream.book, price, price, price);
        if (stream.shortBook !== undefined) core.portfolio.mark(stream.shortBook, price, price, price);
        if (core.orders.brackets.hasBreakevens) core.orders.brackets.moveToBreakeven(stream.symbol, price, price);
      } else stream.book.price = price;
      for (const series of stream.coarser) {
        series.absorbTrade(price, columns.quantity[row] as number, time);
        this.#deadline = Math.min(this.#deadline, series.formingUntil);
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
    this.core.now = Math.max(this.core.now, funding.time);
    this.#observer?.onFunding(stream, funding);
    this.core.queueFunding(this.#streams[stream] as StreamState, funding);
    return this.#flush();
  }

  /** Lets everything happen that is due before (with `including`, also at) a moment. */
  #passTime(until: number, including = false): Step {
    const { core } = this;
    while (including ? this.#deadline <= until : this.#deadline < until) {
      if (this.#isOver) return;
      const moment = this.#deadline;
      core.now = moment;
      this.#observer?.onTime(moment);
      this.#closeOverdue(moment);
      this.#findDeadline();
      if (moment > core.tradesFrom) {
        core.queueTimers(moment);
        const step = this.#flush();
        if (step !== undefined) return step.then(() => this.#passTime(until, including));
      } else {
        core.timers.start(moment);
        this.#dueCount = 0;
      }
      this.#findDeadline();
    }
  }

  /** Closes forming bars whose time is over and that no row has closed: the feed had a gap there. */
  #closeOverdue(moment: number): void {
    for (const stream of this.#streams) {
      for (const series of stream.coarser) {
        if (series.formingUntil > moment) continue;
        series.closeForming();
        if (series.handlers.length > 0) this.#addDue(series);
      }
    }
  }

  #findDeadline(): void {
    let soonest = this.core.timers.nextDue;
    for (const stream of this.#streams) for (const series of stream.coarser) soonest = Math.min(soonest, series.formingUntil);
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

  /** Calls everything that is due now: events of orders first, then bars in the order of symbols and timeframes, then timers. */
  #flush(): Step {
    const { core } = this;
    if (!core.calls.isEmpty) {
      const drained = this.#drain();
      if (drained !== undefined) return drained.then(() => this.#flushBars(0, 0));
    }
    return this.#flushBars(0, 0);
  }

  #flushBars(firstSeries: number, firstHandler: number): Step {
    const { core } = this;
    for (let index = firstSeries; index < this.#dueCount; index += 1) {
      const series = this.#due[index] as BarSeries;
      const { handlers } = series;
      for (let at = index === firstSeries ? firstHandler : 0; at < handlers.length; at += 1) {
        const handler = handlers[at] as BarHandler;
        core.where = series.where;
        const result = handler.length === 0 ? (handler as () => HandlerResult)() : handler(series.bar.snapshot(), series.symbol);
        core.where = "";
        if (result !== undefined || !core.calls.isEmpty) {
          const step = this.#after(result, series.where);
          if (step !== undefined) return step.then(() => this.#flushBars(index, at + 1));
        }
      }
    }
    this.#dueCount = 0;
    return this.#flushTimers();
  }

  /** Timers that are due at this very moment come after its bars. */
  #flushTimers(): Step {
    const { core } = this;
    if (core.timers.nextDue <= core.now && core.now > core.tradesFrom) {
      core.queueTimers(core.now);
      this.#findDeadline();
      const drained = this.#drain();
      if (drained !== undefined) return drained.then(() => this.#flushTimers());
    }
    if (core.shouldStop) this.#isOver = true;
  }

  /** Waits for a handler's promise, if it gave one, then calls what the handler has caused. */
  #after(result: HandlerResult, where: string): Step {
    if (!isPromiseLike(result)) return this.#drain();
    return this.#settle(result, where).then(() => this.#drain());
  }

  async #settle(result: PromiseLike<void>, where: string): Promise<void> {
    try {
      await result;
    } catch (error) {
      throw expertError(error, where, this.core.now);
    }
  }

  #drain(): Step {
    const { core } = this;
    for (let call = core.calls.shift(); call !== undefined; call = core.calls.shift()) {
      core.where = call.where;
      const result = call.run();
      core.where = "";
      if (!isPromiseLike(result)) continue;
      return this.#settle(result, call.where).then(() => this.#drain());
    }
  }

  async #start(): Promise<void> {
    const { core } = this;
    core.begin();
    if (!core.hasLimits) {
      const runs = this.#streams.map((_stream, index) => new QuietRun(core, this.#recorder, this.#observer, index));
      this.#quietRuns = runs.map((run) => (run.isPossible ? run : undefined));
    }
    this.#findDeadline();
    await this.#drain();
  }

  async #stop(reason: StopReason): Promise<void> {
    this.core.end(reason, this.#recorder.finish());
    await this.#drain();
  }

  /** The error as the user should see it: the expert's own when a handler was running. */
  #blame(error: unknown): unknown {
    const { where, now } = this.core;
    return where === "" ? error : expertError(error, where, now);
  }
}

/** Handlers may be arrow functions whose value means nothing; only a promise is waited for. */
function isPromiseLike(result: unknown): result is PromiseLike<void> {
  return typeof result === "object" && result !== null && "then" in result && typeof result.then === "function";
}

function firstMomentOf(event: SessionEvent): number {
  switch (event.kind) {
    case "bars":
      return event.columns.openTime[event.from] as number;
    case "trades":
      return event.columns.time[event.from] as number;
    case "funding":
      return event.funding.time;
    case "book":
      return event.book.time;
    case "report":
      return event.report.time;
    case "time":
    case "connection":
    case "stop":
      return event.time;
  }
}

function expertError(error: unknown, where: string, now: number): unknown {
  if (error instanceof MetaExpertError) return error;
  const moment = Number.isFinite(now) ? ` at ${new Date(now).toISOString()}` : "";
  const message = error instanceof Error ? error.message : String(error);
  return new ExpertError(`the expert's ${where} threw${moment}: ${message}`, { cause: error });
}
