import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Ema, type EmaOptions } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { VolumeForce } from "./volume-force.ts";

export type KlingerLine = "oscillator" | "signal";

/** Periods of the exponential averages, and how they start. */
export interface KlingerOptions extends EmaOptions {
  /** @default 34 */
  readonly fast?: number;
  /** @default 55 */
  readonly slow?: number;
  /** @default 13 */
  readonly signal?: number;
}

/** Klinger volume oscillator: a fast exponential average of the volume force minus a slow one, and the average of that. */
export function klinger(options: KlingerOptions = {}): Klinger {
  return new Klinger(options);
}

/** See `klinger`. The volume force is that of Achelis, volume · |2 · range / travelled − 1| · 100, see `VolumeForce`. */
export class Klinger extends BarIndicator<KlingerLine> {
  readonly #force = new VolumeForce();
  readonly #fast: Ema;
  readonly #slow: Ema;
  readonly #signal: Ema;
  /** Values still to pass before both averages stand, and then before the signal does. */
  #wait = 0;
  #signalWait = 0;

  constructor({ fast = 34, slow = 55, signal = 13, ...averages }: KlingerOptions = {}) {
    wholeNumber("klinger", "fast", fast);
    wholeNumber("klinger", "slow", slow);
    wholeNumber("klinger", "signal", signal);
    super(["oscillator", "signal"], Math.max(fast, slow) + signal);
    this.#fast = new Ema(fast, averages);
    this.#slow = new Ema(slow, averages);
    this.#signal = new Ema(signal, averages);
    this.reset();
  }

  get oscillator(): number {
    return this.current[0] as number;
  }

  get signal(): number {
    return this.current[1] as number;
  }

  update({ high, low, close, volume }: Bar): void {
    if (!this.#force.next(high, low, close, volume)) return;
    this.#fast.next(this.#force.value);
    this.#slow.next(this.#force.value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const oscillator = this.#fast.value - this.#slow.value;
    this.#signal.next(oscillator);
    if (this.#signalWait > 0) {
      this.#signalWait -= 1;
      return;
    }
    this.current[0] = oscillator;
    this.current[1] = this.#signal.value;
  }

  override reset(): void {
    super.reset();
    this.#force.reset();
    this.#fast.reset();
    this.#slow.reset();
    this.#signal.reset();
    this.#wait = Math.max(this.#fast.warmup, this.#slow.warmup) - 1;
    this.#signalWait = this.#signal.warmup - 1;
  }
}
