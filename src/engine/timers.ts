import type { HandlerResult } from "../expert/expert.ts";

interface Timer {
  readonly seconds: number;
  readonly handler: () => HandlerResult;
  due: number;
}

/** Timers on the run's time: due on whole multiples of their interval since the epoch. */
export class Timers {
  readonly #timers: Timer[] = [];
  /** When the next one is due; Infinity without timers. */
  nextDue = Infinity;
  /** Whether they have been started. */
  isCounting = false;

  add(seconds: number, handler: () => HandlerResult): void {
    this.#timers.push({ seconds, handler, due: Infinity });
  }

  /** Starts counting: the first call is at the first multiple after `now`. */
  start(now: number): void {
    this.isCounting = true;
    for (const timer of this.#timers) timer.due = (Math.floor(now / (timer.seconds * 1000)) + 1) * timer.seconds * 1000;
    this.#refresh();
  }

  /** Of a timer that has missed several calls only the last is made up for: a machine that has slept is not to be woken by all of them. */
  dropMissed(until: number): void {
    for (const timer of this.#timers) {
      const lengthMs = timer.seconds * 1000;
      if (timer.due + lengthMs <= until) timer.due = Math.floor(until / lengthMs) * lengthMs;
    }
    this.#refresh();
  }

  /** Takes the handlers that are due at `nextDue` and moves these timers on. */
  takeDue(): readonly { readonly seconds: number; readonly handler: () => HandlerResult }[] {
    const due = this.#timers.filter((timer) => timer.due <= this.nextDue);
    for (const timer of due) timer.due += timer.seconds * 1000;
    this.#refresh();
    return due;
  }

  #refresh(): void {
    this.nextDue = this.#timers.reduce((soonest, { due }) => Math.min(soonest, due), Infinity);
  }
}
