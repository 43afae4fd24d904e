import { cycleWave } from "./cycle-wave.ts";
import { HomodyneDiscriminator } from "./hilbert.ts";

const CYCLE_MAX = 50;
const DEGREES = 45 / Math.atan(1);

/**
 * The phase of the dominant cycle (Ehlers): the smoothed price of one measured cycle is correlated with a sine and a cosine of
 * that length. −45 to 315 degrees; 0 is where a sine would start to rise.
 */
export class DominantPhase {
  readonly cycle = new HomodyneDiscriminator(37);
  /** Degrees; 0 before the transform has started. */
  phase = NaN;
  readonly #prices = new Float64Array(CYCLE_MAX);
  #slot = 0;

  constructor() {
    this.reset();
  }

  /** Takes the next price; false while the transform has not started. */
  next(price: number): boolean {
    if (!this.cycle.next(price)) return false;
    this.#slot = this.#slot + 1 === CYCLE_MAX ? 0 : this.#slot + 1;
    this.#prices[this.#slot] = this.cycle.smoothed;
    this.#measure((this.cycle.smoothPeriod + 0.5) | 0);
    return true;
  }

  reset(): void {
    this.cycle.reset();
    this.phase = 0;
    this.#prices.fill(0);
    this.#slot = 0;
  }

  #measure(length: number): void {
    const { sines, cosines } = cycleWave(length);
    let real = 0;
    let imaginary = 0;
    let slot = this.#slot;
    for (let step = 0; step < length; step += 1) {
      const price = this.#prices[slot] as number;
      real += (sines[step] as number) * price;
      imaginary += (cosines[step] as number) * price;
      slot = slot === 0 ? CYCLE_MAX - 1 : slot - 1;
    }
    let phase = Math.atan(real / imaginary) * DEGREES;
    if (imaginary === 0) phase = real < 0 ? this.phase - 90 : real > 0 ? this.phase + 90 : this.phase;
    phase += 90;
    // The price's average of four bars lags one bar behind.
    phase += 360 / this.cycle.smoothPeriod;
    if (imaginary < 0) phase += 180;
    this.phase = phase > 315 ? phase - 360 : phase;
  }
}
