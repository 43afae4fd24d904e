/** Where time comes from: milliseconds since the epoch, UTC, the fraction carrying microseconds. */
export interface Clock {
  now(): number;
}

/** The machine's clock. Only the outermost shell picks it; everything else is handed one. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
};

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

/** Waits on the machine's clock. Ends early, without an error, when the signal is aborted. */
export function sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const timer = setTimeout(finish, durationMs);
    signal?.addEventListener("abort", finish, { once: true });
    function finish(): void {
      clearTimeout(timer);
      signal?.removeEventListener("abort", finish);
      resolve();
    }
  });
}
