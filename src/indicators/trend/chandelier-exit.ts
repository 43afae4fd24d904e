import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { SlidingRange } from "../sliding-range.ts";
import { Atr } from "../volatility/atr.ts";

export type ExitLine = "long" | "short";

export interface ChandelierExitOptions {
  /** Average true ranges from the extreme to the stop. @default 3 */
  readonly multiplier?: number;
}

/**
 * Chandelier exit (Le Beau): the stop of a long position hangs some average true ranges below the highest high of the last
 * `period` bars, that of a short one stands as far above the lowest low.
 */
export function chandelierExit(period = 22, options: ChandelierExitOptions = {}): ChandelierExit {
  return new ChandelierExit(period, options);
}

/** See `chandelierExit`. */
export class ChandelierExit extends BarIndicator<ExitLine> {
  readonly #multiplier: number;
  readonly #extremes: SlidingRange;
  readonly #range: Atr;
  #wait = 0;

  constructor(period: number, { multiplier = 3 }: ChandelierExitOptions = {}) {
    super(["long", "short"], wholeNumber("chandelierExit", "period", period) + 1);
    this.#multiplier = realNumber("chandelierExit", "multiplier", multiplier, { min: 0.01, max: 1_000 });
    this.#extremes = new SlidingRange(period);
    this.#range = new Atr(period);
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
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const distance = this.#multiplier * this.#range.value;
    this.current[0] = this.#extremes.highest - distance;
    this.current[1] = this.#extremes.lowest + distance;
  }

  override reset(): void {
    super.reset();
    this.#extremes.reset();
    this.#range.reset();
    this.#wait = this.#range.warmup - 1;
  }
}
