import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";

/** Periods of the two simple averages. */
export interface VolumeOscillatorOptions {
  /** @default 5 */
  readonly fast?: number;
  /** @default 10 */
  readonly slow?: number;
}

/** Volume oscillator: how many percent the average volume of the last few bars is above that of more of them. */
export function volumeOscillator(options: VolumeOscillatorOptions = {}): VolumeOscillator {
  return new VolumeOscillator(options);
}

/** See `volumeOscillator`. Without any volume in the longer window it is 0. */
export class VolumeOscillator extends BarIndicator {
  readonly #fast: RollingWindow;
  readonly #slow: RollingWindow;

  constructor({ fast = 5, slow = 10 }: VolumeOscillatorOptions = {}) {
    wholeNumber("volumeOscillator", "fast", fast);
    wholeNumber("volumeOscillator", "slow", slow);
    super(["value"], Math.max(fast, slow));
    this.#fast = new RollingWindow(fast);
    this.#slow = new RollingWindow(slow);
  }

  update({ volume }: Bar): void {
    this.#fast.push(volume);
    this.#slow.push(volume);
    if (!this.#fast.isFull || !this.#slow.isFull) return;
    const fast = this.#fast.sum() / this.#fast.period;
    const slow = this.#slow.sum() / this.#slow.period;
    this.current[0] = slow === 0 ? 0 : (100 * (fast - slow)) / slow;
  }

  override reset(): void {
    super.reset();
    this.#fast.reset();
    this.#slow.reset();
  }
}
