import { wait, type Scheduler } from "../../base/scheduler.ts";
import type { VenueFill } from "../venue-facts.ts";
import { SeenIds } from "./seen-ids.ts";

/** How long the private stream may take to tell of a trade that the history has told already, milliseconds. */
const LATE_MS = 5_000;
/** More trades than the stream can be behind with. */
const TOLD_MAX = 10_000;

export interface DeafnessOptions {
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  /** The stream has not told of a trade that it must have seen. */
  readonly onDeaf: (reason: string) => void;
}

/**
 * Finds out a private stream that is open and pinged and tells nothing: it looks just like one that has nothing to tell, until the
 * history knows of a trade that happened while it was up.
 */
export class Deafness {
  readonly #options: DeafnessOptions;
  readonly #told = new SeenIds(TOLD_MAX);
  #connection = 0;
  /** Everything from before the present connection has been asked for, so what is found from now on it has to tell as well. */
  #isCaughtUp = false;

  constructor(options: DeafnessOptions) {
    this.#options = options;
  }

  onConnection(): void {
    this.#connection += 1;
    this.#isCaughtUp = false;
  }

  onCaughtUp(): void {
    this.#isCaughtUp = true;
  }

  /** The stream tells of a trade. */
  onTold(fill: VenueFill): void {
    this.#told.add(nameOf(fill));
  }

  /** The history tells of a trade that was not known. */
  onFound(fill: VenueFill): void {
    if (!this.#isCaughtUp || this.#told.has(nameOf(fill))) return;
    const { scheduler, signal, onDeaf } = this.#options;
    const connection = this.#connection;
    void wait(scheduler, LATE_MS, signal).then(() => {
      if (signal.aborted || connection !== this.#connection || this.#told.has(nameOf(fill))) return;
      // One complaint a connection.
      this.#connection += 1;
      onDeaf(`the private stream has not told of trade ${fill.tradeId} of ${fill.symbol}`);
    });
  }
}

function nameOf({ symbol, tradeId }: VenueFill): string {
  return `${symbol}:${tradeId}`;
}
