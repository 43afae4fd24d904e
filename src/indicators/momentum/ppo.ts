import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { SeriesZero } from "../zero.ts";
import { AveragePair, type PriceOscillatorOptions } from "./apo.ts";

/** Percentage price oscillator: a fast moving average minus a slow one, in percent of the slow one. */
export function ppo(options: PriceOscillatorOptions = {}): Ppo {
  return new Ppo(options);
}

/** See `ppo`. Where the slow average is zero it is 0. */
export class Ppo extends SeriesIndicator {
  readonly #averages: AveragePair;
  readonly #zero = new SeriesZero();

  constructor(options: PriceOscillatorOptions) {
    const averages = new AveragePair("ppo", options);
    super(["value"], averages.slow.warmup);
    this.#averages = averages;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#zero.see(value);
    if (!this.#averages.next(value)) return;
    const slow = this.#averages.slow.value;
    const isZero = slow === 0 || Math.abs(slow) < this.#zero.amount;
    this.current[0] = isZero ? 0 : ((this.#averages.fast.value - slow) / slow) * 100;
  }

  override reset(): void {
    super.reset();
    this.#zero.reset();
    this.#averages.reset();
  }
}
