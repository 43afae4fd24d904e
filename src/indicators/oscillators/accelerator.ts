import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Sma } from "../overlap/sma.ts";
import { wholeNumber } from "../parameters.ts";
import { Awesome, type AwesomeOptions } from "./awesome.ts";

export interface AcceleratorOptions extends AwesomeOptions {
  /** Period of the awesome oscillator's own average. @default 5 */
  readonly smooth?: number;
}

/** Accelerator oscillator (Bill Williams): the awesome oscillator less its own simple average. */
export function accelerator(options: AcceleratorOptions = {}): Accelerator {
  return new Accelerator(options);
}

/** See `accelerator`. */
export class Accelerator extends BarIndicator {
  readonly #awesome: Awesome;
  readonly #average: Sma;
  #wait = 0;

  constructor({ smooth = 5, ...options }: AcceleratorOptions = {}) {
    const awesome = new Awesome(options, "accelerator");
    super(["value"], awesome.warmup + wholeNumber("accelerator", "smooth", smooth) - 1);
    this.#awesome = awesome;
    this.#average = new Sma(smooth);
    this.reset();
  }

  update(bar: Bar): void {
    this.#awesome.update(bar);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.#average.next(this.#awesome.value);
    this.current[0] = this.#awesome.value - this.#average.value;
  }

  override reset(): void {
    super.reset();
    this.#awesome.reset();
    this.#average.reset();
    this.#wait = this.#awesome.warmup - 1;
  }
}
