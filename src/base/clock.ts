/** Where time comes from: milliseconds since the epoch, UTC, the fraction carrying microseconds. */
export interface Clock {
  now(): number;
}

/** The machine's clock. Only the outermost shell picks it; everything else is handed one. */
export const systemClock: Clock = {
  now: () => ORIGIN + performance.now(),
};

/** When the process began; reading it anew each time costs as much as the clock itself. */
const ORIGIN = performance.timeOrigin;

/** A clock that stands still until it is told the time. */
export class VirtualClock implements Clock {
  #now: number;

  constructor(startMs = 0) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  /** Moves to a later moment; an earlier one is ignored, time never runs backwards. */
  advanceTo(moment: number): void {
    if (moment > this.#now) this.#now = moment;
  }
}

/** The longest wait a timer of the platform can hold, about 24.8 days; a longer one would fire at once. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** Waits on the machine's clock. Ends early, without an error, when the signal is aborted. */
export function sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const cancel = startTimer(durationMs, finish);
    signal?.addEventListener("abort", finish, { once: true });
    function finish(): void {
      cancel();
      signal?.removeEventListener("abort", finish);
      resolve();
    }
  });
}

/** Calls once after a time of any length on the machine's clock; what it returns takes the call back. */
export function startTimer(durationMs: number, run: () => void): () => void {
  let leftMs = durationMs;
  let timer = setTimeout(next, Math.min(leftMs, TIMER_MS_MAX));
  function next(): void {
    leftMs -= TIMER_MS_MAX;
    if (!(leftMs > 0)) return run();
    timer = setTimeout(next, Math.min(leftMs, TIMER_MS_MAX));
  }
  return () => clearTimeout(timer);
}
