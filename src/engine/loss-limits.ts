import { DAY_MS } from "../domain/timeframe.ts";
import type { ResolvedRiskOptions } from "../expert/resolved.ts";

/** What a restart has to know of the limits. */
export interface LossLimitsState {
  readonly peak: number;
  readonly dayEnd: number;
  readonly dayStartEquity: number;
  readonly lastEquity: number;
  readonly isDayBlocked: boolean;
  readonly isDrawdownHit: boolean;
  /** Absent in what older versions have written. */
  readonly isLiquidated?: boolean;
}

/** What a look has found: a sum of these, 0 for nothing. */
export const DRAWDOWN_HIT = 1;
export const DAY_LOSS_HIT = 2;

/** Measures equity against its high and against the start of the UTC day. Money that comes or goes without a trade moves both marks. */
export class LossLimits {
  readonly #risk: ResolvedRiskOptions;
  #peak: number;
  #dayEnd = -Infinity;
  #dayStartEquity = NaN;
  #lastEquity: number;
  #isDayBlocked = false;
  #isDrawdownHit = false;
  #isLiquidated = false;

  constructor(risk: ResolvedRiskOptions, initialCapital: number) {
    this.#risk = risk;
    this.#peak = initialCapital;
    this.#lastEquity = initialCapital;
  }

  /** Whether a loss limit has to be looked at at every moment. */
  get isActive(): boolean {
    return this.#risk.maxDrawdownPct !== Infinity || this.#risk.dailyLossLimit !== Infinity;
  }

  get isDrawdownHit(): boolean {
    return this.#isDrawdownHit;
  }

  /** Whether the exchange has liquidated a position. */
  get isLiquidated(): boolean {
    return this.#isLiquidated;
  }

  /** The exchange has liquidated a position: no entries until somebody says otherwise. */
  trip(): void {
    this.#isLiquidated = true;
  }

  /** Why no entries are allowed, if a limit has been reached. */
  get block(): string | undefined {
    const { maxDrawdownPct, dailyLossLimit } = this.#risk;
    if (this.#isLiquidated) return "the exchange has liquidated a position; find out why, then start the run with rearm";
    if (this.#isDrawdownHit) return `the loss from the highest equity has reached maxDrawdownPct ${maxDrawdownPct} %`;
    if (this.#isDayBlocked) return `the day's loss has reached dailyLossLimit ${dailyLossLimit} %`;
    return undefined;
  }

  /** Looks at the equity of a moment, once a moment. */
  look(equity: number, now: number): number {
    const { maxDrawdownPct, dailyLossLimit } = this.#risk;
    let hits = 0;
    if (equity > this.#peak) this.#peak = equity;
    // A day that began while the feed was silent began with the equity before.
    if (now > this.#dayEnd) this.#startDay(this.#lastEquity, now);
    if (maxDrawdownPct !== Infinity && equity < this.#peak * (1 - maxDrawdownPct / 100) && !this.#isDrawdownHit) {
      this.#isDrawdownHit = true;
      hits |= DRAWDOWN_HIT;
    }
    if (dailyLossLimit !== Infinity && !this.#isDayBlocked && equity < this.#dayStartEquity * (1 - dailyLossLimit / 100)) {
      this.#isDayBlocked = true;
      hits |= DAY_LOSS_HIT;
    }
    if (now === this.#dayEnd) this.#startDay(equity, now);
    this.#lastEquity = equity;
    return hits;
  }

  /** Capital came (above zero) or went: neither a profit nor a loss. */
  shift(capital: number): void {
    this.#peak += capital;
    this.#dayStartEquity += capital;
    this.#lastEquity += capital;
  }

  state(): LossLimitsState {
    return {
      peak: this.#peak,
      dayEnd: this.#dayEnd,
      dayStartEquity: this.#dayStartEquity,
      lastEquity: this.#lastEquity,
      isDayBlocked: this.#isDayBlocked,
      isDrawdownHit: this.#isDrawdownHit,
      isLiquidated: this.#isLiquidated,
    };
  }

  restore(state: LossLimitsState): void {
    this.#peak = state.peak;
    this.#dayEnd = state.dayEnd;
    this.#dayStartEquity = state.dayStartEquity;
    this.#lastEquity = state.lastEquity;
    this.#isDayBlocked = state.isDayBlocked;
    this.#isDrawdownHit = state.isDrawdownHit;
    this.#isLiquidated = state.isLiquidated ?? false;
  }

  #startDay(equity: number, now: number): void {
    this.#dayEnd = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
    this.#dayStartEquity = equity;
    this.#isDayBlocked = false;
  }
}
