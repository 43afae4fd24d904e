import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { realNumber } from "../parameters.ts";

export type ZigZagLine = "pivot" | "direction" | "age";

/**
 * ZigZag that never repaints: `pivot` is the last turning point that is certain, because the price has since moved `percent`
 * away from it; `direction` is 1 after a low and −1 after a high; `age` is how many bars ago the turning point was.
 *
 * Charts also draw a line to the newest extreme, which moves with every new one; it is not given here, and a turning point
 * appears at the bar that confirms it, not where it lies. NaN until the first is certain.
 */
export function zigZag(percent = 5): ZigZag {
  return new ZigZag(percent);
}

/**
 * See `zigZag`. A bar that sets a new extreme does not confirm it by its own other end, since the order of prices inside a bar
 * is unknown.
 */
export class ZigZag extends BarIndicator<ZigZagLine> {
  readonly #share: number;
  /** The extremes since the last turning point and how many bars ago they were. */
  #high = NaN;
  #low = NaN;
  #highAge = 0;
  #lowAge = 0;

  constructor(percent: number) {
    super(["pivot", "direction", "age"], 2);
    this.#share = realNumber("zigZag", "percent", percent, { min: 0.001, max: 99 }) / 100;
    this.reset();
  }

  get pivot(): number {
    return this.current[0] as number;
  }

  get direction(): number {
    return this.current[1] as number;
  }

  get age(): number {
    return this.current[2] as number;
  }

  update({ high, low }: Bar): void {
    const { current } = this;
    const direction = current[1] as number;
    this.#highAge += 1;
    this.#lowAge += 1;
    current[2] = (current[2] as number) + 1;
    const isNewHigh = high > this.#high;
    const isNewLow = low < this.#low;
    if (isNewHigh) {
      this.#high = high;
      this.#highAge = 0;
    }
    if (isNewLow) {
      this.#low = low;
      this.#lowAge = 0;
    }
    const isDown = direction !== -1 && !isNewHigh && low <= this.#high * (1 - this.#share);
    const isUp = direction !== 1 && !isNewLow && high >= this.#low * (1 + this.#share);
    if (isDown) this.#turn(-1, this.#high, this.#highAge, high, low);
    else if (isUp) this.#turn(1, this.#low, this.#lowAge, high, low);
  }

  override reset(): void {
    super.reset();
    this.#high = -Infinity;
    this.#low = Infinity;
    this.#highAge = 0;
    this.#lowAge = 0;
  }

  /** Makes an extreme the last turning point; the search for the opposite one starts with this bar. */
  #turn(direction: number, pivot: number, age: number, high: number, low: number): void {
    this.current[0] = pivot;
    this.current[1] = direction;
    this.current[2] = age;
    this.#high = high;
    this.#low = low;
    this.#highAge = 0;
    this.#lowAge = 0;
  }
}
