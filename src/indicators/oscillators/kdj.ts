import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { FastStochastic } from "../momentum/fast-stochastic.ts";
import { createAverage, type Average } from "../overlap/ma.ts";
import { oneOf, wholeNumber } from "../parameters.ts";
import type { SeriesIndicator } from "../series-indicator.ts";
import { Smma } from "../trend/smma.ts";

export type KdjLine = "k" | "d" | "j";

/** What smooths the stochastic. */
export const KDJ_AVERAGES = ["smma", "sma"] as const;
export type KdjAverage = (typeof KDJ_AVERAGES)[number];

export interface KdjOptions {
  /** @default 3 */
  readonly k?: number;
  /** @default 3 */
  readonly d?: number;
  /** "smma" as Chinese platforms, "sma" as a slow stochastic. @default "smma" */
  readonly average?: KdjAverage;
}

/** KDJ: a stochastic smoothed to k, smoothed again to d, and j = 3k − 2d, which runs ahead of both. */
export function kdj(period = 9, options: KdjOptions = {}): Kdj {
  return new Kdj(period, options);
}

/** See `kdj`. Smoothed averages start from the mean of their first numbers; platforms that start from 50 come to the same after some bars. */
export class Kdj extends BarIndicator<KdjLine> {
  readonly #raw: FastStochastic;
  readonly #k: SeriesIndicator<string>;
  readonly #d: SeriesIndicator<string>;
  #kWait = 0;
  #dWait = 0;

  constructor(period: number, { k = 3, d = 3, average = "smma" }: KdjOptions = {}) {
    super(["k", "d", "j"], wholeNumber("kdj", "period", period) + wholeNumber("kdj", "k", k) + wholeNumber("kdj", "d", d) - 2);
    const kind = oneOf("kdj", "average", average, KDJ_AVERAGES);
    this.#raw = new FastStochastic(period);
    this.#k = smoother(kind, k);
    this.#d = smoother(kind, d);
    this.reset();
  }

  get k(): number {
    return this.current[0] as number;
  }

  get d(): number {
    return this.current[1] as number;
  }

  get j(): number {
    return this.current[2] as number;
  }

  update(bar: Bar): void {
    if (!this.#raw.next(bar)) return;
    this.#k.next(this.#raw.value);
    if (this.#kWait > 0) {
      this.#kWait -= 1;
      return;
    }
    const k = this.#k.value;
    this.#d.next(k);
    if (this.#dWait > 0) {
      this.#dWait -= 1;
      return;
    }
    const d = this.#d.value;
    this.current[0] = k;
    this.current[1] = d;
    this.current[2] = 3 * k - 2 * d;
  }

  override reset(): void {
    super.reset();
    this.#raw.reset();
    this.#k.reset();
    this.#d.reset();
    this.#kWait = this.#k.warmup - 1;
    this.#dWait = this.#d.warmup - 1;
  }
}

function smoother(kind: KdjAverage, period: number): SeriesIndicator<string> {
  return kind === "smma" ? new Smma(period) : createAverage("kdj", "average", kind satisfies Average, period);
}
