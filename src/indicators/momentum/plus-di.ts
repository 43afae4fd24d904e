import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { DirectionalMovement } from "./directional-movement.ts";

/** The upward directional indicator (Wilder): upward movement in percent of the true range; with a period of 1 the plain ratio. */
export function plusDi(period = 14): PlusDi {
  return new PlusDi(period);
}

/** See `plusDi`. Where there is no range it is 0. */
export class PlusDi extends BarIndicator {
  readonly #period: number;
  readonly #movement: DirectionalMovement;

  constructor(period: number) {
    super(["value"], wholeNumber("plusDi", "period", period) + 1);
    this.#period = period;
    this.#movement = new DirectionalMovement(period);
  }

  update(bar: Bar): void {
    if (!this.#movement.next(bar)) return;
    const { plus, range, isStill } = this.#movement;
    const ratio = isStill ? 0 : plus / range;
    this.current[0] = this.#period === 1 ? ratio : 100 * ratio;
  }

  override reset(): void {
    super.reset();
    this.#movement.reset();
  }
}
