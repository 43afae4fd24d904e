/** Silence that counts as a stall on a lively symbol. Looked at every second, so that a stall is found within five. */
const SHORTEST_MS = 4_000;

/** Silence that is looked into even on a symbol where hardly anything happens. */
const LONGEST_MS = 60_000;

/** How much one pause weighs in the usual pause. */
const WEIGHT = 0.05;

/**
 * Whether a symbol's data still come over a connection. A lively symbol is missed after four seconds, one on which little happens after four
 * times its usual pause; a silence that proved to be real makes it more patient for a while.
 */
export class Pulse {
  #lastAt = NaN;
  #pauseMs = 0;
  #patienceMs = SHORTEST_MS;

  /** Data are expected from now on. */
  start(now: number): void {
    this.#lastAt = now;
    this.#patienceMs = SHORTEST_MS;
  }

  /** A message has come. */
  beat(now: number): void {
    this.#pauseMs += WEIGHT * (now - this.#lastAt - this.#pauseMs);
    this.#lastAt = now;
    if (this.#patienceMs > SHORTEST_MS) this.#patienceMs = Math.max(SHORTEST_MS, this.#patienceMs * 0.98);
  }

  /** The exchange has been asked: nothing was missed. */
  provenQuiet(now: number): void {
    this.#patienceMs = Math.min(LONGEST_MS, Math.max(this.#patienceMs, 2 * (now - this.#lastAt)));
    this.#lastAt = now;
  }

  isSilent(now: number): boolean {
    return now - this.#lastAt > Math.min(LONGEST_MS, Math.max(this.#patienceMs, 4 * this.#pauseMs));
  }
}
