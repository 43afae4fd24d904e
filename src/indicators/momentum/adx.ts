import type { Bar, BarColumns } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { DirectionalMovement } from "./directional-movement.ts";

/** Average directional index (Wilder): the strength of a trend, 0 to 100; many take 25 and more for a trend. */
export function adx(period = 14): Adx {
  return new Adx(period);
}

/** See `adx`. It starts from the sum of the first `period` directional indexes divided by `period`. */
export class Adx extends BarIndicator {
  readonly #period: number;
  readonly #movement: DirectionalMovement;
  #count = 0;
  #average = NaN;

  constructor(period: number) {
    super(["value"], 2 * wholeNumber("adx", "period", period, { min: 2 }));
    this.#period = period;
    this.#movement = new DirectionalMovement(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (!this.#movement.next(bar)) return;
    const isMoving = this.#movement.measure();
    const period = this.#period;
    if (this.#count === period) {
      if (isMoving) this.#average = (this.#average * (period - 1) + this.#movement.index) / period;
    } else {
      this.#count += 1;
      if (isMoving) this.#average += this.#movement.index;
      if (this.#count < period) return;
      this.#average /= period;
    }
    this.current[0] = this.#average;
  }

  override reset(): void {
    super.reset();
    this.#movement.reset();
    this.#count = 0;
    this.#average = 0;
  }

  protected override run(columns: BarColumns, outputs: readonly Float64Array[]): void {
    const { length } = columns;
    const period = this.#period;
    if (length < 2 * period) return super.run(columns, outputs);
    const output = outputs[0] as Float64Array;
    this.#movement.over(columns, output);
    let average = 0;
    for (let row = period; row < 2 * period; row += 1) {
      const index = output[row] as number;
      if (!(index < 0)) average += index;
    }
    average /= period;
    output.fill(NaN, 0, 2 * period - 1);
    output[2 * period - 1] = average;
    for (let row = 2 * period; row < length; row += 1) {
      const index = output[row] as number;
      if (!(index < 0)) average = (average * (period - 1) + index) / period;
      output[row] = average;
    }
    this.#count = period;
    this.#average = average;
    this.current[0] = average;
  }
}
