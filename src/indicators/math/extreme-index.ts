import { RollingWindow } from "../rolling-window.ts";

/**
 * Finds where in a series the highest or lowest of the last numbers stands, with TA-Lib's choice among equals: a new number
 * that equals the extreme takes its place, but when the extreme leaves the window, the oldest of the equals left succeeds it.
 */
export class ExtremeIndex {
  readonly #window: RollingWindow;
  /** 1 to look for the highest, −1 for the lowest. */
  readonly #sign: 1 | -1;
  /** Position of the extreme, and of the newest number; the series' first is 0. */
  index = NaN;
  newest = NaN;
  #extreme = NaN;

  constructor(period: number, sign: 1 | -1) {
    this.#window = new RollingWindow(period);
    this.#sign = sign;
    this.reset();
  }

  /** How many steps ago the extreme stood, 0 for the newest. */
  get age(): number {
    return this.newest - this.index;
  }

  /** Takes the next number; true once the window is full. */
  push(value: number): boolean {
    this.newest += 1;
    if (!this.#window.push(value)) return false;
    const oldest = this.newest - this.#window.period + 1;
    const signed = value * this.#sign;
    if (this.index < oldest) {
      this.#search(oldest);
    } else if (signed >= this.#extreme) {
      this.index = this.newest;
      this.#extreme = signed;
    }
    return true;
  }

  reset(): void {
    this.#window.reset();
    this.index = -1;
    this.newest = -1;
    this.#extreme = NaN;
  }

  #search(oldest: number): void {
    const { values, start, end } = this.#window;
    let found = start;
    let extreme = (values[start] as number) * this.#sign;
    for (let slot = start + 1; slot < end; slot += 1) {
      const candidate = (values[slot] as number) * this.#sign;
      if (candidate > extreme) {
        found = slot;
        extreme = candidate;
      }
    }
    this.index = oldest + found - start;
    this.#extreme = extreme;
  }
}
