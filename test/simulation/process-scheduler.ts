import type { Cancel, Scheduler } from "../../src/base/scheduler.ts";

/** The timers of one process: when it is killed none of them fires any more. */
export class ProcessScheduler implements Scheduler {
  readonly #world: Scheduler;
  #isDead = false;
  /** How far the process's clock is ahead of the world's, milliseconds. */
  skewMs = 0;

  constructor(world: Scheduler) {
    this.#world = world;
  }

  now(): number {
    return this.#world.now() + this.skewMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.#world.after(delayMs, () => {
      if (!this.#isDead) run();
    });
  }

  kill(): void {
    this.#isDead = true;
  }
}
