import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { HighPass } from "../trend/high-pass.ts";
import { SuperSmoother } from "../trend/super-smoother.ts";

export interface RoofingOptions {
  /** Swings shorter than this are noise. @default 10 */
  readonly shortest?: number;
}

/** Roofing filter (Ehlers): the swings between `shortest` and `longest` bars, by a high-pass filter and a super smoother; around 0. */
export function roofing(longest = 48, options: RoofingOptions = {}): Roofing {
  return new Roofing(longest, options);
}

/** See `roofing`. It runs from the first number and shows values from bar `longest` on. */
export class Roofing extends SeriesIndicator {
  readonly #longest: number;
  readonly #swings: HighPass;
  readonly #smooth: SuperSmoother;
  #count = 0;

  constructor(longest: number, { shortest = 10 }: RoofingOptions = {}) {
    wholeNumber("roofing", "longest", longest, { min: 4 });
    wholeNumber("roofing", "shortest", shortest, { min: 2 });
    super(["value"], Math.max(longest, shortest));
    this.#longest = Math.max(longest, shortest);
    this.#swings = new HighPass(longest);
    this.#smooth = new SuperSmoother(shortest);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#count < this.#longest) this.#count += 1;
    this.#smooth.next(this.#swings.next(value));
    if (this.#count === this.#longest) this.current[0] = this.#smooth.value;
  }

  override reset(): void {
    super.reset();
    this.#swings.reset();
    this.#smooth.reset();
    this.#count = 0;
  }
}
