import { startTimer, systemClock, VirtualClock, type Clock } from "./clock.ts";

/** Takes back a call that has been asked for; harmless once the call has been made. */
export type Cancel = () => void;

/** A clock that also wakes up: the only way in which anything waits. */
export interface Scheduler extends Clock {
  /** Calls once, `delayMs` from now or later, never during this call. Any length is allowed, also beyond 24.8 days. */
  after(delayMs: number, run: () => void): Cancel;
}

/** The machine's clock and timers. Only the outermost shell picks it; everything else is handed one. */
export const systemScheduler: Scheduler = {
  now: () => systemClock.now(),
  after: startTimer,
};

/** Waits on a scheduler. Ends early, without an error, when the signal is aborted. */
export function wait(scheduler: Scheduler, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const cancel = scheduler.after(delayMs, finish);
    signal?.addEventListener("abort", finish, { once: true });
    function finish(): void {
      cancel();
      signal?.removeEventListener("abort", finish);
      resolve();
    }
  });
}

/** A scheduler whose alarms end with it: whoever closes it can be sure that nothing of what used it comes back later. */
export class SchedulerScope implements Scheduler, Disposable {
  readonly #scheduler: Scheduler;
  readonly #alarms = new Set<Cancel>();
  #isClosed = false;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  now(): number {
    return this.#scheduler.now();
  }

  after(delayMs: number, run: () => void): Cancel {
    if (this.#isClosed) return () => {};
    const stop = this.#scheduler.after(delayMs, () => {
      this.#alarms.delete(cancel);
      run();
    });
    const cancel = (): void => {
      this.#alarms.delete(cancel);
      stop();
    };
    this.#alarms.add(cancel);
    return cancel;
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    for (const cancel of this.#alarms) cancel();
  }
}

/** Lets everything run that waits for nothing but its turn: all promises that can go on have gone on when it resolves. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

interface Alarm {
  readonly time: number;
  readonly sequence: number;
  readonly run: () => void;
  isCancelled: boolean;
}

/**
 * Time that only passes when it is told to: the next alarm is run by `step`, which moves the clock to it. Alarms of one moment run in
 * the order in which they were asked for, so that a seed gives the same run every time.
 */
export class VirtualScheduler implements Scheduler {
  readonly #clock: VirtualClock;
  /** A binary heap, soonest first. */
  readonly #alarms: Alarm[] = [];
  #sequence = 0;

  constructor(startMs = 0) {
    this.#clock = new VirtualClock(startMs);
  }

  now(): number {
    return this.#clock.now();
  }

  after(delayMs: number, run: () => void): Cancel {
    this.#sequence += 1;
    const alarm: Alarm = { time: this.now() + Math.max(0, delayMs), sequence: this.#sequence, run, isCancelled: false };
    this.#push(alarm);
    return () => {
      alarm.isCancelled = true;
    };
  }

  /** When the next alarm is due; Infinity without one. */
  get nextDue(): number {
    this.#dropCancelled();
    return this.#alarms[0]?.time ?? Infinity;
  }

  /** Alarms that wait. */
  get pending(): number {
    return this.#alarms.filter(({ isCancelled }) => !isCancelled).length;
  }

  /** Moves to the next alarm and runs it; false when there is none. */
  step(): boolean {
    this.#dropCancelled();
    const alarm = this.#pop();
    if (alarm === undefined) return false;
    this.#clock.advanceTo(alarm.time);
    alarm.run();
    return true;
  }

  /** Lets time pass up to a moment without running what is due by then; what is overdue runs with the following steps. */
  advanceTo(moment: number): void {
    this.#clock.advanceTo(moment);
  }

  #dropCancelled(): void {
    while (this.#alarms[0]?.isCancelled === true) this.#pop();
  }

  #push(alarm: Alarm): void {
    const heap = this.#alarms;
    let at = heap.length;
    heap.push(alarm);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(alarm, heap[parent] as Alarm)) break;
      heap[at] = heap[parent] as Alarm;
      at = parent;
    }
    heap[at] = alarm;
  }

  #pop(): Alarm | undefined {
    const heap = this.#alarms;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Alarm, heap[child] as Alarm)) child += 1;
      if (!isBefore(heap[child] as Alarm, last)) break;
      heap[at] = heap[child] as Alarm;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(left: Alarm, right: Alarm): boolean {
  return left.time < right.time || (left.time === right.time && left.sequence < right.sequence);
}
