import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { SlidingMaximum, SlidingMinimum } from "../sliding-extreme.ts";
import { SlidingRange } from "../sliding-range.ts";
import { Atr } from "../volatility/atr.ts";
import type { ExitLine } from "./chandelier-exit.ts";

export interface ChandeKrollStopOptions {
  /** Average true ranges from the extreme to the first stop. @default 1 */
  readonly multiplier?: number;
  /** Window over which the first stops are gathered. @default 9 */
  readonly stop?: number;
}

/**
 * Chande Kroll stop: `long` is the lowest of the last `stop` values of lowest low + multiplier · average true range, `short` the
 * highest of the last values of highest high − multiplier · average true range, both over `period` bars. The names are those of
 * Chande and Kroll, TradingView and LEAN: a long position is stopped by the line called `short` that runs below the price.
 */
export function chandeKrollStop(period = 10, options: ChandeKrollStopOptions = {}): ChandeKrollStop {
  return new ChandeKrollStop(period, options);
}

/** See `chandeKrollStop`. */
export class ChandeKrollStop extends BarIndicator<ExitLine> {
  readonly #multiplier: number;
  readonly #extremes: SlidingRange;
  readonly #range: Atr;
  readonly #highest: SlidingMaximum;
  readonly #lowest: SlidingMinimum;
  #rangeWait = 0;
  #wait = 0;

  constructor(period: number, { multiplier = 1, stop = 9 }: ChandeKrollStopOptions = {}) {
    super(["long", "short"], wholeNumber("chandeKrollStop", "period", period) + wholeNumber("chandeKrollStop", "stop", stop));
    this.#multiplier = realNumber("chandeKrollStop", "multiplier", multiplier, { min: 0.01, max: 1_000 });
    this.#extremes = new SlidingRange(period);
    this.#range = new Atr(period);
    this.#highest = new SlidingMaximum(stop);
    this.#lowest = new SlidingMinimum(stop);
    this.reset();
  }

  get long(): number {
    return this.current[0] as number;
  }

  get short(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    this.#extremes.take(bar);
    this.#range.update(bar);
    if (this.#rangeWait > 0) {
      this.#rangeWait -= 1;
      return;
    }
    const distance = this.#multiplier * this.#range.value;
    this.#highest.push(this.#extremes.highest - distance);
    this.#lowest.push(this.#extremes.lowest + distance);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.current[0] = this.#lowest.value;
    this.current[1] = this.#highest.value;
  }

  override reset(): void {
    super.reset();
    this.#extremes.reset();
    this.#range.reset();
    this.#highest.reset();
    this.#lowest.reset();
    this.#rangeWait = this.#range.warmup - 1;
    this.#wait = this.#highest.period - 1;
  }
}
