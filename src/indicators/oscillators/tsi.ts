import type { Bar } from "../../domain/bar.ts";
import { Ema } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { EmaChain } from "./ema-chain.ts";

export type SignalledLine = "value" | "signal";

/** Periods of the averages. */
export interface TsiOptions {
  /** First smoothing. @default 25 */
  readonly slow?: number;
  /** Second smoothing. @default 13 */
  readonly fast?: number;
  /** @default 7 */
  readonly signal?: number;
}

/** True strength index (Blau): changes smoothed twice over their sizes smoothed twice, −100 to 100; 0 where nothing moves. */
export function tsi(options: TsiOptions = {}): Tsi {
  return new Tsi(options);
}

/** See `tsi`. All averages start from the mean of their first numbers. */
export class Tsi extends SeriesIndicator<SignalledLine> {
  readonly #moves: EmaChain;
  readonly #sizes: EmaChain;
  readonly #signal: Ema;
  #previous = NaN;
  #hasBegun = false;
  #wait = 0;

  constructor({ slow = 25, fast = 13, signal = 7 }: TsiOptions = {}) {
    super(
      ["value", "signal"],
      wholeNumber("tsi", "slow", slow) + wholeNumber("tsi", "fast", fast) + wholeNumber("tsi", "signal", signal) - 1,
    );
    this.#moves = new EmaChain([new Ema(slow), new Ema(fast)]);
    this.#sizes = new EmaChain([new Ema(slow), new Ema(fast)]);
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
    const move = value - this.#previous;
    this.#previous = value;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    this.#moves.next(move);
    if (!this.#sizes.next(Math.abs(move))) return;
    const size = this.#sizes.value;
    const strength = size === 0 ? 0 : (100 * this.#moves.value) / size;
    this.#signal.next(strength);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.current[0] = strength;
    this.current[1] = this.#signal.value;
  }

  override reset(): void {
    super.reset();
    this.#moves.reset();
    this.#sizes.reset();
    this.#signal.reset();
    this.#previous = NaN;
    this.#hasBegun = false;
    this.#wait = this.#signal.warmup - 1;
  }
}
