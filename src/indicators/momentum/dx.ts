import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { isNegligible, negligible } from "../zero.ts";
import { DirectionalMovement } from "./directional-movement.ts";

/** Directional movement index (Wilder): how one-sided the movement is, 0 to 100, whichever the side. */
export function dx(period = 14): Dx {
  return new Dx(period);
}

/** See `dx`. Bars without any movement keep the value before; a series that begins with them is at 0. */
export class Dx extends BarIndicator {
  readonly #movement: DirectionalMovement;

  constructor(period: number) {
    super(["value"], wholeNumber("dx", "period", period, { min: 2 }) + 1);
    this.#movement = new DirectionalMovement(period);
  }

  update(bar: Bar): void {
    const { high, low, close } = bar;
    if (!this.#movement.next(high, low, close)) return;
    const value = directionalIndex(this.#movement, close);
    if (!Number.isNaN(value)) this.current[0] = value;
    else if (Number.isNaN(this.current[0])) this.current[0] = 0;
  }

  override reset(): void {
    super.reset();
    this.#movement.reset();
  }
}

/** 100 · |plus − minus| / (plus + minus) of the movement in percent of the range; NaN where nothing moves. */
export function directionalIndex(movement: DirectionalMovement, price: number): number {
  const { plus, minus, range } = movement;
  if (Math.abs(range) < negligible(price) || range === 0) return NaN;
  const minusPercent = 100 * (minus / range);
  const plusPercent = 100 * (plus / range);
  const sum = minusPercent + plusPercent;
  return isNegligible(sum) ? NaN : 100 * (Math.abs(minusPercent - plusPercent) / sum);
}
