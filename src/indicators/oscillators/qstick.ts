import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Sma } from "../overlap/sma.ts";
import { wholeNumber } from "../parameters.ts";

/** Qstick (Chande): the simple average of the bars' bodies, close less open. */
export function qstick(period = 8): Qstick {
  return new Qstick(period);
}

/** See `qstick`. */
export class Qstick extends BarIndicator {
  readonly #average: Sma;

  constructor(period: number) {
    super(["value"], wholeNumber("qstick", "period", period));
    this.#average = new Sma(period);
  }

  update({ open, close }: Bar): void {
    this.#average.next(close - open);
    this.current[0] = this.#average.value;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
  }
}
