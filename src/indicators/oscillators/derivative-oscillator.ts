import type { Bar } from "../../domain/bar.ts";
import { Rsi } from "../momentum/rsi.ts";
import { Ema } from "../overlap/ema.ts";
import { Sma } from "../overlap/sma.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { EmaChain } from "./ema-chain.ts";

/** Periods of the averages. */
export interface DerivativeOscillatorOptions {
  /** First smoothing. @default 5 */
  readonly first?: number;
  /** Second smoothing. @default 3 */
  readonly second?: number;
  /** @default 9 */
  readonly signal?: number;
}

/** Derivative oscillator (Constance Brown): a twice smoothed relative strength index less its simple average. */
export function derivativeOscillator(period = 14, options: DerivativeOscillatorOptions = {}): DerivativeOscillator {
  return new DerivativeOscillator(period, options);
}

/** See `derivativeOscillator`. */
export class DerivativeOscillator extends SeriesIndicator {
  readonly #rsi: Rsi;
  readonly #smooth: EmaChain;
  readonly #signal: Sma;
  #rsiWait = 0;
  #signalWait = 0;

  constructor(period: number, { first = 5, second = 3, signal = 9 }: DerivativeOscillatorOptions = {}) {
    super(
      ["value"],
      wholeNumber("derivativeOscillator", "period", period, { min: 2 }) +
        wholeNumber("derivativeOscillator", "first", first) +
        wholeNumber("derivativeOscillator", "second", second) +
        wholeNumber("derivativeOscillator", "signal", signal) -
        2,
    );
    this.#rsi = new Rsi(period);
    this.#smooth = new EmaChain([new Ema(first), new Ema(second)]);
    this.#signal = new Sma(signal);
    this.reset();
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
    if (!this.#smooth.next(this.#rsi.value)) return;
    this.#signal.next(this.#smooth.value);
    if (this.#signalWait > 0) {
      this.#signalWait -= 1;
      return;
    }
    this.current[0] = this.#smooth.value - this.#signal.value;
  }

  override reset(): void {
    super.reset();
    this.#rsi.reset();
    this.#smooth.reset();
    this.#signal.reset();
    this.#rsiWait = this.#rsi.warmup - 1;
    this.#signalWait = this.#signal.warmup - 1;
  }
}
