import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { DirectionalMovement } from "./directional-movement.ts";

/** The downward directional indicator (Wilder): downward movement in percent of the true range; with a period of 1 the plain ratio. */
export function minusDi(period = 14): MinusDi {
  return new MinusDi(period);
}

/** See `minusDi`. Where there is no range it is 0. */
export class MinusDi extends BarIndicator {
  readonly #period: number;
  readonly #movement: DirectionalMovement;

  constructor(period: number) {
    super(["value"], wholeNumber("minusDi", "period", period) + 1);
    this.#period = period;
    this.#movement = new DirectionalMovement(period);
  }

  update(bar: Bar): void {
    if (!this.#movement.next(bar)) return;
    const { minus, range, isStill } = this.#movement;
    const ratio = isStill ? 0 : minus / range;
    this.current[0] = this.#period === 1 ? ratio : 100 * ratio;
  }

  override reset(): void {
    super.reset();
    this.#movement.reset();
  }
}
