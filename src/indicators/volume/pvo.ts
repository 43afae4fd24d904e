import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Ema, type EmaOptions } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";

export type PvoLine = "pvo" | "signal" | "histogram";

/** Periods of the exponential averages, and how they start. */
export interface PvoOptions extends EmaOptions {
  /** @default 12 */
  readonly fast?: number;
  /** @default 26 */
  readonly slow?: number;
  /** @default 9 */
  readonly signal?: number;
}

/** Percentage volume oscillator: how many percent a fast exponential average of the volume is above a slow one, and the average of that. */
export function pvo(options: PvoOptions = {}): Pvo {
  return new Pvo(options);
}

/** See `pvo`. Where the slow average is zero, so is the oscillator. */
export class Pvo extends BarIndicator<PvoLine> {
  readonly #fast: Ema;
  readonly #slow: Ema;
  readonly #signal: Ema;
  /** Values still to pass before both averages stand, and then before the signal does. */
  #wait = 0;
  #signalWait = 0;

  constructor({ fast = 12, slow = 26, signal = 9, ...averages }: PvoOptions = {}) {
    wholeNumber("pvo", "fast", fast);
    wholeNumber("pvo", "slow", slow);
    wholeNumber("pvo", "signal", signal);
    super(["pvo", "signal", "histogram"], Math.max(fast, slow) + signal - 1);
    this.#fast = new Ema(fast, averages);
    this.#slow = new Ema(slow, averages);
    this.#signal = new Ema(signal, averages);
    this.reset();
  }

  get pvo(): number {
    return this.current[0] as number;
  }

  get signal(): number {
    return this.current[1] as number;
  }

  get histogram(): number {
    return this.current[2] as number;
  }

  update({ volume }: Bar): void {
    this.#fast.next(volume);
    this.#slow.next(volume);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const slow = this.#slow.value;
    const pvo = slow === 0 ? 0 : 100 * ((this.#fast.value - slow) / slow);
    this.#signal.next(pvo);
    if (this.#signalWait > 0) {
      this.#signalWait -= 1;
      return;
    }
    const signal = this.#signal.value;
    this.current[0] = pvo;
    this.current[1] = signal;
    this.current[2] = pvo - signal;
  }

  override reset(): void {
    super.reset();
    this.#fast.reset();
    this.#slow.reset();
    this.#signal.reset();
    this.#wait = Math.max(this.#fast.warmup, this.#slow.warmup) - 1;
    this.#signalWait = this.#signal.warmup - 1;
  }
}
