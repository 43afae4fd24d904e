import { ExpertError, MetaExpertError } from "../base/errors.ts";
import type { HandlerResult } from "../expert/expert.ts";
import type { BarHandler, BarSeries } from "./series.ts";
import type { SessionCore } from "./session-core.ts";

/** What a step gives back: nothing, or a promise to wait for before the next. */
export type Step = void | Promise<void>;

/** Calls the expert, one handler after the other, and waits for those that return a promise. */
export class Dispatcher {
  readonly #core: SessionCore;
  /** Series that have closed at the present moment and whose handlers have not run yet. */
  readonly #due: BarSeries[] = [];
  #dueCount = 0;
  /** Called when timers have moved on. */
  readonly #onTimers: () => void;

  constructor(core: SessionCore, onTimers: () => void) {
    this.#core = core;
    this.#onTimers = onTimers;
  }

  addDue(series: BarSeries): void {
    this.#due[this.#dueCount] = series;
    this.#dueCount += 1;
  }

  dropDue(): void {
    this.#dueCount = 0;
  }

  /** Calls everything that is due now: events of orders first, then bars in the order of symbols and timeframes, then timers. */
  flush(): Step {
    if (!this.#core.calls.isEmpty) {
      const drained = this.drain();
      if (drained !== undefined) return drained.then(() => this.#flushBars(0, 0));
    }
    return this.#flushBars(0, 0);
  }

  #flushBars(firstSeries: number, firstHandler: number): Step {
    const core = this.#core;
    for (let index = firstSeries; index < this.#dueCount; index += 1) {
      const series = this.#due[index] as BarSeries;
      const { handlers } = series;
      for (let at = index === firstSeries ? firstHandler : 0; at < handlers.length; at += 1) {
        if (core.isMuted) break;
        const result = this.#callBar(handlers[at] as BarHandler, series);
        if (result !== undefined || !core.calls.isEmpty) {
          const step = this.after(result, series.where);
          if (step !== undefined) return step.then(() => this.#flushBars(index, at + 1));
        }
      }
    }
    this.#dueCount = 0;
    return this.flushTimers();
  }

  #callBar(handler: BarHandler, series: BarSeries): HandlerResult {
    const core = this.#core;
    core.where = series.where;
    try {
      return handler.length === 0 ? (handler as () => HandlerResult)() : handler(series.bar.snapshot(), series.symbol);
    } catch (error) {
      core.onExpertError(error, expertError(error, series.where, core.now), series.where);
    } finally {
      core.where = "";
    }
  }

  /** Timers that are due at this very moment come after its bars. */
  flushTimers(): Step {
    const core = this.#core;
    if (core.timers.nextDue <= core.now && core.now > core.tradesFrom) {
      core.queueTimers(core.now);
      this.#onTimers();
      const drained = this.drain();
      if (drained !== undefined) return drained.then(() => this.flushTimers());
    }
  }

  /** Waits for a handler's promise, if it gave one, then calls what the handler has caused. */
  after(result: HandlerResult, where: string): Step {
    if (!isPromiseLike(result)) return this.drain();
    return this.#settle(result, where).then(() => this.drain());
  }

  /** Calls what is queued, and what that causes. */
  drain(): Step {
    const core = this.#core;
    for (let call = core.calls.shift(); call !== undefined; call = core.calls.shift()) {
      const { where } = call;
      core.where = where;
      let result: HandlerResult = undefined;
      try {
        result = call.run();
      } catch (error) {
        core.onExpertError(error, expertError(error, where, core.now), where);
      } finally {
        core.where = "";
      }
      if (!isPromiseLike(result)) continue;
      return this.#settle(result, where).then(() => this.drain());
    }
  }

  async #settle(result: PromiseLike<void>, where: string): Promise<void> {
    const core = this.#core;
    try {
      await result;
    } catch (error) {
      core.onExpertError(error, expertError(error, where, core.now), where);
    }
  }
}

/** Handlers may be arrow functions whose value means nothing; only a promise is waited for. */
function isPromiseLike(result: unknown): result is PromiseLike<void> {
  return typeof result === "object" && result !== null && "then" in result && typeof result.then === "function";
}

/** The error as the user should see it: whose handler it was, and when. */
export function expertError(error: unknown, where: string, now: number): MetaExpertError {
  if (error instanceof MetaExpertError) return error;
  const moment = Number.isFinite(now) ? ` at ${new Date(now).toISOString()}` : "";
  const message = error instanceof Error ? error.message : String(error);
  return new ExpertError(`the expert's ${where} threw${moment}: ${message}`, { cause: error });
}
