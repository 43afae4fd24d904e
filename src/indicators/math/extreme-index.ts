import { RollingWindow } from "../rolling-window.ts";

/**
 * Finds where in a series the highest or lowest of the last numbers stands, with TA-Lib's choice among equals: a new number
 * that equals the extreme takes its place, but when the extreme leaves the window, the oldest of the equals left succeeds it.
 * While a NaN is in the window there is no position: NaN.
 */
export class ExtremeIndex {
  readonly #window: RollingWindow;
  /** 1 to look for the highest, −1 for the lowest. */
  readonly #sign: 1 | -1;
  /** Position of the extreme, and of the newest number; the series' first is 0. */
  index = NaN;
  newest = NaN;
  #extreme = NaN;
  /** Steps until the last NaN has left the window. */
  #blind = 0;

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
    const isFull = this.#window.push(value);
    this.#step();
    return isFull;
  }

  reset(): void {
    this.#window.reset();
    this.index = -1;
    this.newest = -1;
    this.#extreme = NaN;
    this.#blind = 0;
  }

  #step(): void {
    const { values, newest, period, isFull } = this.#window;
    const signed = (values[newest] as number) * this.#sign;
    this.newest += 1;
    if (Number.isNaN(signed)) this.#blind = period;
    else if (this.#blind > 0) this.#blind -= 1;
    if (!isFull) return;
    if (this.#blind > 0) {
      this.index = NaN;
    } else if (!(this.index > this.newest - period)) {
      this.#search();
    } else if (signed >= this.#extreme) {
      this.index = this.newest;
      this.#extreme = signed;
    }
  }

  #search(): void {
    const { values, start, end, period } = this.#window;
    let found = start;
    let extreme = (values[start] as number) * this.#sign;
    for (let slot = start + 1; slot < end; slot += 1) {
      const candidate = (values[slot] as number) * this.#sign;
      if (candidate > extreme) {
        found = slot;
        extreme = candidate;
      }
    }
    this.index = this.newest - period + 1 + found - start;
    this.#extreme = extreme;
  }
}
