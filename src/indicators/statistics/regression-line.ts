import { oneOf } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { METHODS, type MethodOptions } from "./method.ts";

/**
 * The least-squares line through a window. The oldest number stands at 0, the newest at `period` − 1.
 *
 * Its sums are taken anew at every step, in TA-Lib's order and so without drift. The "exact" method takes them of distances
 * from the oldest number: a price that stands still has a slope of exactly 0, and its height costs no digits.
 */
export class RegressionLine {
  readonly window: RollingWindow;
  readonly period: number;
  slope = NaN;
  /** Height of the line at the oldest number. */
  intercept = NaN;
  readonly #places: number;
  readonly #divisor: number;
  readonly #isExact: boolean;

  /** `owner` is named when the method is wrong. */
  constructor(owner: string, period: number, { method = "exact" }: MethodOptions = {}) {
    this.#isExact = oneOf(owner, "method", method, METHODS) === "exact";
    this.window = new RollingWindow(period);
    this.period = period;
    this.#places = period * (period - 1) * 0.5;
    this.#divisor = this.#places * this.#places - (period * (period * (period - 1) * (2 * period - 1))) / 6;
  }

  /** Takes the next number; true once there is a line. */
  push(value: number): boolean {
    if (!this.window.push(value)) return false;
    this.#fit();
    return true;
  }

  /** The sum of the squared distances of the window's numbers from the line. */
  residuals(): number {
    const { values, start, end } = this.window;
    let squares = 0;
    for (let slot = start; slot < end; slot += 1) {
      const distance = (values[slot] as number) - this.intercept - this.slope * (slot - start);
      squares += distance * distance;
    }
    return squares;
  }

  reset(): void {
    this.window.reset();
  }

  #fit(): void {
    const { values, start, period } = this.window;
    const origin = this.#isExact ? (values[start] as number) : 0;
    let sum = 0;
    let products = 0;
    for (let age = period - 1, slot = start; age >= 0; age -= 1, slot += 1) {
      const number = (values[slot] as number) - origin;
      sum += number;
      products += age * number;
    }
    // Adding 0 makes a level line's −0 a plain 0.
    this.slope = (period * products - this.#places * sum) / this.#divisor + 0;
    this.intercept = origin + (sum - this.slope * this.#places) / period;
  }
}
