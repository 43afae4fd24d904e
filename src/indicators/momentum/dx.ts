import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
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
    if (!this.#movement.next(bar)) return;
    if (this.#movement.measure()) this.current[0] = this.#movement.index;
    else if (Number.isNaN(this.current[0])) this.current[0] = 0;
  }

  override reset(): void {
    super.reset();
    this.#movement.reset();
  }
}
