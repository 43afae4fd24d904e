import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";

export interface EmvOptions {
  /** Units of volume that count as one. @default 10000 */
  readonly scale?: number;
}

/** Ease of movement (Arms): how far the bar's middle moves for the volume it takes, averaged over `period` bars; 1 for the raw value. */
export function emv(period = 14, options: EmvOptions = {}): Emv {
  return new Emv(period, options);
}

/** See `emv`. A bar without volume moves with no ease that could be measured: it counts as 0. */
export class Emv extends BarIndicator {
  readonly #scale: number;
  readonly #window: RollingWindow;
  #previousMiddle = NaN;
  #hasBegun = false;

  constructor(period: number, { scale = 10_000 }: EmvOptions = {}) {
    super(["value"], wholeNumber("emv", "period", period) + 1);
    this.#scale = realNumber("emv", "scale", scale, { min: 1e-6, max: 1e12 });
    this.#window = new RollingWindow(period);
  }

  update({ high, low, volume }: Bar): void {
    const middle = (high + low) / 2;
    const move = middle - this.#previousMiddle;
    this.#previousMiddle = middle;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    const ease = volume === 0 ? 0 : (move * (high - low)) / (volume / this.#scale);
    if (this.#window.push(ease)) this.current[0] = this.#window.sum() / this.#window.period;
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
    this.#hasBegun = false;
    this.#previousMiddle = NaN;
  }
}
