import type { Bar } from "../../domain/bar.ts";
import { Roc } from "../momentum/roc.ts";
import { Ema } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { EmaChain } from "./ema-chain.ts";
import type { SignalledLine } from "./tsi.ts";

/** Periods of the averages. */
export interface PmoOptions {
  /** First smoothing. @default 35 */
  readonly slow?: number;
  /** Second smoothing. @default 20 */
  readonly fast?: number;
  /** @default 10 */
  readonly signal?: number;
}

/** Price momentum oscillator (Carl Swenlin, DecisionPoint): the one-bar change in percent, smoothed twice, with weights 2 / period. */
export function pmo(options: PmoOptions = {}): Pmo {
  return new Pmo(options);
}

/** See `pmo`. The signal is an ordinary exponential average; all start from the mean of their first numbers. */
export class Pmo extends SeriesIndicator<SignalledLine> {
  readonly #change = new Roc(1);
  readonly #smooth: EmaChain;
  readonly #signal: Ema;
  #hasBegun = false;
  #wait = 0;

  constructor({ slow = 35, fast = 20, signal = 10 }: PmoOptions = {}) {
    wholeNumber("pmo", "slow", slow, { min: 2 });
    wholeNumber("pmo", "fast", fast, { min: 2 });
    super(["value", "signal"], slow + fast + wholeNumber("pmo", "signal", signal) - 1);
    this.#smooth = new EmaChain([new Ema(slow, { weight: 2 / slow }), new Ema(fast, { weight: 2 / fast })]);
    this.#signal = new Ema(signal);
    this.reset();
  }

  get signal(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#change.next(value);
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    if (!this.#smooth.next(10 * this.#change.value)) return;
    this.#signal.next(this.#smooth.value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.current[0] = this.#smooth.value;
    this.current[1] = this.#signal.value;
  }

  override reset(): void {
    super.reset();
    this.#change.reset();
    this.#smooth.reset();
    this.#signal.reset();
    this.#hasBegun = false;
    this.#wait = this.#signal.warmup - 1;
  }
}
