import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { createAverage, type Average } from "../overlap/ma.ts";
import { wholeNumber } from "../parameters.ts";
import type { SeriesIndicator } from "../series-indicator.ts";
import { FastStochastic } from "./fast-stochastic.ts";
import type { StochasticLine } from "./stoch.ts";

/** Window of the raw value, and the average that smooths it. */
export interface StochFOptions {
  /** @default 5 */
  readonly fastK?: number;
  /** @default 3 */
  readonly fastD?: number;
  /** @default "sma" */
  readonly fastDAverage?: Average;
}

/** Fast stochastic (Lane): where the close stands in the range of the last bars (`k`), and its average (`d`). */
export function stochF(options: StochFOptions = {}): StochF {
  return new StochF(options);
}

/** See `stochF`. */
export class StochF extends BarIndicator<StochasticLine> {
  readonly #raw: FastStochastic;
  readonly #d: SeriesIndicator<string>;
  #wait = 0;

  constructor({ fastK = 5, fastD = 3, fastDAverage = "sma" }: StochFOptions) {
    const d = createAverage("stochF", "fastDAverage", fastDAverage, wholeNumber("stochF", "fastD", fastD));
    super(["k", "d"], wholeNumber("stochF", "fastK", fastK) + d.warmup - 1);
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
    if (!this.#raw.next(bar)) return;
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
    this.#raw.reset();
    this.#d.reset();
    this.#wait = this.#d.warmup - 1;
  }
}
