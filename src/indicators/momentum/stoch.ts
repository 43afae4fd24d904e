import type { Bar, BarColumns } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { createAverage, type Average } from "../overlap/ma.ts";
import { wholeNumber } from "../parameters.ts";
import type { SeriesIndicator } from "../series-indicator.ts";
import { FastStochastic } from "./fast-stochastic.ts";

export type StochasticLine = "k" | "d";

/** Window of the raw value, and the two averages that smooth it. */
export interface StochOptions {
  /** @default 5 */
  readonly fastK?: number;
  /** @default 3 */
  readonly slowK?: number;
  /** @default "sma" */
  readonly slowKAverage?: Average;
  /** @default 3 */
  readonly slowD?: number;
  /** @default "sma" */
  readonly slowDAverage?: Average;
}

/** Stochastic oscillator (Lane): where the close stands in the range of the last bars, smoothed (`k`) and smoothed again (`d`). */
export function stoch(options: StochOptions = {}): Stoch {
  return new Stoch(options);
}

/** See `stoch`. */
export class Stoch extends BarIndicator<StochasticLine> {
  readonly #raw: FastStochastic;
  readonly #k: SeriesIndicator<string>;
  readonly #d: SeriesIndicator<string>;
  /** Raw values until the first of the one average, and of the other. */
  readonly #untilK: number;
  readonly #untilD: number;
  #count = 0;

  constructor({ fastK = 5, slowK = 3, slowKAverage = "sma", slowD = 3, slowDAverage = "sma" }: StochOptions) {
    const k = createAverage("stoch", "slowKAverage", slowKAverage, wholeNumber("stoch", "slowK", slowK));
    const d = createAverage("stoch", "slowDAverage", slowDAverage, wholeNumber("stoch", "slowD", slowD));
    super(["k", "d"], wholeNumber("stoch", "fastK", fastK) + k.warmup + d.warmup - 2);
    this.#raw = new FastStochastic(fastK);
    this.#k = k;
    this.#d = d;
    this.#untilK = k.warmup;
    this.#untilD = k.warmup + d.warmup - 1;
  }

  get k(): number {
    return this.current[0] as number;
  }

  get d(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (!this.#raw.next(bar)) return;
    this.#k.next(this.#raw.value);
    if (this.#count < this.#untilD) this.#count += 1;
    if (this.#count < this.#untilK) return;
    this.#d.next(this.#k.value);
    if (this.#count < this.#untilD) return;
    this.current[0] = this.#k.value;
    this.current[1] = this.#d.value;
  }

  override reset(): void {
    super.reset();
    this.#raw.reset();
    this.#k.reset();
    this.#d.reset();
    this.#count = 0;
  }

  protected override run(columns: BarColumns, outputs: readonly Float64Array[]): void {
    const { length } = columns;
    const [ks, ds] = outputs as [Float64Array, Float64Array];
    const raws = this.#raw.over(columns);
    const firstRaw = this.warmup - this.#untilD;
    const firstK = firstRaw + this.#untilK - 1;
    const kColumn = this.#k.overNumbers(raws, Math.min(firstRaw, length));
    const dColumn = this.#d.overNumbers(kColumn, Math.min(firstK, length));
    ks.set(kColumn);
    ks.fill(NaN, 0, Math.min(this.warmup - 1, length));
    ds.set(dColumn);
    this.#count = Math.min(Math.max(length - firstRaw, 0), this.#untilD);
    if (length < this.warmup) return;
    this.current[0] = ks[length - 1] as number;
    this.current[1] = ds[length - 1] as number;
  }
}
