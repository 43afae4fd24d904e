import type { Journal } from "./journal.ts";
import type { LossLimits } from "./loss-limits.ts";
import type { OrderThrottle } from "./risk/throttle.ts";

/** What a session has that a restart has to know, beside orders and money. */
export interface KeptParts {
  /** Plain data of the expert. */
  readonly memory: object | undefined;
  readonly throttle: OrderThrottle | undefined;
  readonly limits: LossLimits;
}

/** Writes down what has changed since it was last written down. */
export class KeptState {
  readonly #journal: Journal;
  #memory = "";
  #limits = "";
  #throttle = 0;
  #hasLimits: boolean;

  /** `hasLimits`: an earlier run has written down its limits, so that what becomes of them has to be written down too. */
  constructor(journal: Journal, hasLimits: boolean) {
    this.#journal = journal;
    this.#hasLimits = hasLimits;
  }

  keep({ memory, throttle, limits }: KeptParts): void {
    const text = memory === undefined ? "" : JSON.stringify(memory);
    if (text !== this.#memory) {
      this.#memory = text;
      this.#journal.state("memory", JSON.parse(text));
    }
    if (throttle !== undefined && throttle.version !== this.#throttle) {
      this.#throttle = throttle.version;
      this.#journal.state("throttle", throttle.state());
    }
    this.#keepLimits(limits);
  }

  #keepLimits(limits: LossLimits): void {
    this.#hasLimits ||= limits.isActive || limits.isLiquidated;
    if (!this.#hasLimits) return;
    const { peak, lastEquity: _last, ...rest } = limits.state();
    // The high rises with every good tick; to within a thousandth is soon enough.
    const text = `${peak.toPrecision(4)} ${JSON.stringify(rest)}`;
    if (text === this.#limits) return;
    this.#limits = text;
    this.#journal.state("limits", limits.state());
  }
}
