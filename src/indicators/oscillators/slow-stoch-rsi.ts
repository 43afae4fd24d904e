import type { Bar } from "../../domain/bar.ts";
import { FastStochastic } from "../momentum/fast-stochastic.ts";
import { Rsi } from "../momentum/rsi.ts";
import type { StochasticLine } from "../momentum/stoch.ts";
import { Sma } from "../overlap/sma.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Window of the stochastic and periods of its two averages. */
export interface SlowStochRsiOptions {
  /** @default 14 */
  readonly stochastic?: number;
  /** @default 3 */
  readonly k?: number;
  /** @default 3 */
  readonly d?: number;
}

/** Stochastic of the relative strength index with k smoothed as well, as TradingView draws it; TA-Lib's STOCHRSI is `stochRsi`. */
export function slowStochRsi(period = 14, options: SlowStochRsiOptions = {}): SlowStochRsi {
  return new SlowStochRsi(period, options);
}

/** See `slowStochRsi`. */
export class SlowStochRsi extends SeriesIndicator<StochasticLine> {
  readonly #rsi: Rsi;
  readonly #raw: FastStochastic;
  readonly #k: Sma;
  readonly #d: Sma;
  #rsiWait = 0;
  #kWait = 0;
  #dWait = 0;

  constructor(period: number, { stochastic = 14, k = 3, d = 3 }: SlowStochRsiOptions = {}) {
    super(
      ["k", "d"],
      wholeNumber("slowStochRsi", "period", period, { min: 2 }) +
        wholeNumber("slowStochRsi", "stochastic", stochastic) +
        wholeNumber("slowStochRsi", "k", k) +
        wholeNumber("slowStochRsi", "d", d) -
        2,
    );
    this.#rsi = new Rsi(period);
    this.#raw = new FastStochastic(stochastic);
    this.#k = new Sma(k);
    this.#d = new Sma(d);
    this.reset();
  }

  get k(): number {
    return this.current[0] as number;
  }

  get d(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#rsi.next(value);
    if (this.#rsiWait > 0) {
      this.#rsiWait -= 1;
      return;
    }
    if (!this.#raw.nextNumber(this.#rsi.value)) return;
    this.#k.next(this.#raw.value);
    if (this.#kWait > 0) {
      this.#kWait -= 1;
      return;
    }
    this.#d.next(this.#k.value);
    if (this.#dWait > 0) {
      this.#dWait -= 1;
      return;
    }
    this.current[0] = this.#k.value;
    this.current[1] = this.#d.value;
  }

  override reset(): void {
    super.reset();
    this.#rsi.reset();
    this.#raw.reset();
    this.#k.reset();
    this.#d.reset();
    this.#rsiWait = this.#rsi.warmup - 1;
    this.#kWait = this.#k.warmup - 1;
    this.#dWait = this.#d.warmup - 1;
  }
}
