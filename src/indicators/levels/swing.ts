import { RollingWindow } from "../rolling-window.ts";

/** Finds bars whose high is above, or whose low is below, those of some bars on either side; known `right` bars later. */
export class Swing {
  /** The newest confirmed swing high and low; NaN on bars that confirm none. */
  high = NaN;
  low = NaN;
  readonly #left: number;
  readonly #highs: RollingWindow;
  readonly #lows: RollingWindow;

  constructor(left: number, right: number) {
    this.#left = left;
    this.#highs = new RollingWindow(left + right + 1);
    this.#lows = new RollingWindow(left + right + 1);
  }

  /** Shows the next bar; afterwards `high` and `low` tell what it confirms. */
  next(high: number, low: number): void {
    this.#highs.push(high);
    if (!this.#lows.push(low)) return;
    const peak = this.#highs.start + this.#left;
    this.high = isAlone(this.#highs, peak, 1) ? (this.#highs.values[peak] as number) : NaN;
    this.low = isAlone(this.#lows, peak, -1) ? (this.#lows.values[peak] as number) : NaN;
  }

  reset(): void {
    this.#highs.reset();
    this.#lows.reset();
    this.high = NaN;
    this.low = NaN;
  }
}

/** Whether the number at a place exceeds all others of the window, in the direction given by `sign`; NaN exceeds nothing. */
function isAlone({ values, start, end }: RollingWindow, place: number, sign: number): boolean {
  const number = sign * (values[place] as number);
  for (let slot = start; slot < end; slot += 1) {
    if (slot !== place && !(number > sign * (values[slot] as number))) return false;
  }
  return true;
}
