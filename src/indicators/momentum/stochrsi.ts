import type { Bar } from "../../domain/bar.ts";
import { createAverage, type Average } from "../overlap/ma.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { FastStochastic } from "./fast-stochastic.ts";
import { Rsi } from "./rsi.ts";
import type { StochasticLine } from "./stoch.ts";

/** Window of the stochastic, and the average that smooths it. */
export interface StochRsiOptions {
  /** @default 5 */
  readonly fastK?: number;
  /** @default 3 */
  readonly fastD?: number;
  /** @default "sma" */
  readonly fastDAverage?: Average;
}

/** Stochastic of the relative strength index (Chande and Kroll): where the index stands in its own range. */
export function stochRsi(period = 14, options: StochRsiOptions = {}): StochRsi {
  return new StochRsi(period, options);
}

/** See `stochRsi`. */
export class StochRsi extends SeriesIndicator<StochasticLine> {
  readonly #rsi: Rsi;
  readonly #raw: FastStochastic;
  readonly #d: SeriesIndicator<string>;
  #rsiWait = 0;
  #wait = 0;

  constructor(period: number, { fastK = 5, fastD = 3, fastDAverage = "sma" }: StochRsiOptions = {}) {
    wholeNumber("stochRsi", "period", period, { min: 2 });
    const d = createAverage("stochRsi", "fastDAverage", fastDAverage, wholeNumber("stochRsi", "fastD", fastD));
    super(["k", "d"], period + wholeNumber("stochRsi", "fastK", fastK) + d.warmup - 1);
    this.#rsi = new Rsi(period);
    this.#raw = new FastStochastic(fastK);
    this.#d = d;
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
    this.#d.next(this.#raw.value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.current[0] = this.#raw.value;
    this.current[1] = this.#d.value;
  }

  override reset(): void {
    super.reset();
    this.#rsi.reset();
    this.#raw.reset();
    this.#d.reset();
    this.#rsiWait = this.#rsi.warmup - 1;
    this.#wait = this.#d.warmup - 1;
  }
}
