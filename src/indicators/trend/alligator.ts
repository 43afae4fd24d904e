import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { Smma } from "./smma.ts";

export type AlligatorLine = "jaw" | "teeth" | "lips";

/** Periods of the three averages, and how many bars each is drawn ahead. */
export interface AlligatorOptions {
  /** @default 13 */
  readonly jaw?: number;
  /** @default 8 */
  readonly jawShift?: number;
  /** @default 8 */
  readonly teeth?: number;
  /** @default 5 */
  readonly teethShift?: number;
  /** @default 5 */
  readonly lips?: number;
  /** @default 3 */
  readonly lipsShift?: number;
}

/**
 * Alligator (Bill Williams): three smoothed averages of the bar's middle, each drawn some bars ahead. The value at a bar is what
 * a chart shows at it, the average of `shift` bars before; nothing looks ahead.
 */
export function alligator(options: AlligatorOptions = {}): Alligator {
  return new Alligator(options);
}

/** See `alligator`. */
export class Alligator extends BarIndicator<AlligatorLine> {
  readonly #jaw: ShiftedAverage;
  readonly #teeth: ShiftedAverage;
  readonly #lips: ShiftedAverage;

  constructor({ jaw = 13, jawShift = 8, teeth = 8, teethShift = 5, lips = 5, lipsShift = 3 }: AlligatorOptions = {}, owner = "alligator") {
    const warmup = Math.max(
      wholeNumber(owner, "jaw", jaw) + wholeNumber(owner, "jawShift", jawShift, { min: 0 }),
      wholeNumber(owner, "teeth", teeth) + wholeNumber(owner, "teethShift", teethShift, { min: 0 }),
      wholeNumber(owner, "lips", lips) + wholeNumber(owner, "lipsShift", lipsShift, { min: 0 }),
    );
    super(["jaw", "teeth", "lips"], warmup);
    this.#jaw = new ShiftedAverage(jaw, jawShift);
    this.#teeth = new ShiftedAverage(teeth, teethShift);
    this.#lips = new ShiftedAverage(lips, lipsShift);
  }

  get jaw(): number {
    return this.current[0] as number;
  }

  get teeth(): number {
    return this.current[1] as number;
  }

  get lips(): number {
    return this.current[2] as number;
  }

  update({ high, low }: Bar): void {
    const middle = (high + low) / 2;
    const hasJaw = this.#jaw.next(middle);
    const hasTeeth = this.#teeth.next(middle);
    const hasLips = this.#lips.next(middle);
    if (!hasJaw || !hasTeeth || !hasLips) return;
    this.current[0] = this.#jaw.value;
    this.current[1] = this.#teeth.value;
    this.current[2] = this.#lips.value;
  }

  override reset(): void {
    super.reset();
    this.#jaw.reset();
    this.#teeth.reset();
    this.#lips.reset();
  }
}

/** A smoothed average as it was some bars ago. */
class ShiftedAverage {
  readonly #average: Smma;
  readonly #past: RollingWindow;
  #wait = 0;

  constructor(period: number, shift: number) {
    this.#average = new Smma(period);
    this.#past = new RollingWindow(shift + 1);
    this.reset();
  }

  get value(): number {
    return this.#past.oldest;
  }

  /** Takes the next number; true once there is a value. */
  next(value: number): boolean {
    this.#average.next(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return false;
    }
    return this.#past.push(this.#average.value);
  }

  reset(): void {
    this.#average.reset();
    this.#past.reset();
    this.#wait = this.#average.warmup - 1;
  }
}
