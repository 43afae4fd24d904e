import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Ema } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { SlidingRange } from "../sliding-range.ts";
import type { SignalledLine } from "./tsi.ts";

/** Periods of the averages. */
export interface SmiOptions {
  /** First smoothing. @default 25 */
  readonly first?: number;
  /** Second smoothing. @default 2 */
  readonly second?: number;
  /** @default 3 */
  readonly signal?: number;
}

/**
 * Stochastic momentum index (Blau): how far the close is from the middle of the range of the last `period` bars over half that
 * range, both smoothed twice; −100 to 100, 0 where there is no range.
 */
export function smi(period = 13, options: SmiOptions = {}): Smi {
  return new Smi(period, options);
}

/** See `smi`. The averages start from their first number, as in Skender's library and TradingView. */
export class Smi extends BarIndicator<SignalledLine> {
  readonly #range: SlidingRange;
  readonly #distances: readonly [Ema, Ema];
  readonly #ranges: readonly [Ema, Ema];
  readonly #signal: Ema;

  constructor(period: number, { first = 25, second = 2, signal = 3 }: SmiOptions = {}) {
    super(["value", "signal"], wholeNumber("smi", "period", period));
    const pair = (): readonly [Ema, Ema] => [running("first", first), running("second", second)];
    this.#range = new SlidingRange(period);
    this.#distances = pair();
    this.#ranges = pair();
    this.#signal = running("signal", signal);
  }

  get signal(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (!this.#range.take(bar)) return;
    const { highest, lowest } = this.#range;
    const distance = smooth(this.#distances, bar.close - (highest + lowest) / 2);
    const range = smooth(this.#ranges, highest - lowest);
    const value = range === 0 ? 0 : (200 * distance) / range;
    this.#signal.next(value);
    this.current[0] = value;
    this.current[1] = this.#signal.value;
  }

  override reset(): void {
    super.reset();
    this.#range.reset();
    for (const average of [...this.#distances, ...this.#ranges, this.#signal]) average.reset();
  }
}

/** An exponential average that starts from its first number. */
function running(parameter: string, period: number): Ema {
  return new Ema(1, { weight: 2 / (wholeNumber("smi", parameter, period) + 1) });
}

function smooth([first, second]: readonly [Ema, Ema], value: number): number {
  first.next(value);
  second.next(first.value);
  return second.value;
}
