import { SlidingWindow } from "./sliding-window.ts";

export interface ConnectBudgetOptions {
  /** Most connections that are opened within a window. */
  readonly connectsMax: number;
  readonly windowMs: number;
}

/** How many connections may still be opened; streams of one address at one exchange share it. */
export class ConnectBudget {
  readonly #connectsMax: number;
  readonly #window: SlidingWindow;

  constructor({ connectsMax, windowMs }: ConnectBudgetOptions) {
    this.#connectsMax = connectsMax;
    this.#window = new SlidingWindow(windowMs);
  }

  /** Takes one if there is one; otherwise returns how long to wait before asking again, milliseconds. */
  take(now: number): number {
    const freeAt = this.#window.lowAt(now, this.#connectsMax - 1);
    if (freeAt > now) return Math.max(1, freeAt - now);
    this.#window.spend(now, 1);
    return 0;
  }
}
