import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { Swing } from "./swing.ts";

export type FractalLine = "high" | "low";

/**
 * Fractals (Bill Williams): the last bar whose high was above those of the `span` bars on either side, and the last whose low was
 * below them. They appear `span` bars late, when they are certain, and stay until the next: the lines are also known as fractal
 * chaos bands. NaN until the first.
 */
export function fractals(span = 2): Fractals {
  return new Fractals(span);
}

/** See `fractals`. Bars that are equally high make no fractal. */
export class Fractals extends BarIndicator<FractalLine> {
  readonly #swing: Swing;

  constructor(span: number) {
    super(["high", "low"], 2 * wholeNumber("fractals", "span", span, { max: 10_000 }) + 1);
    this.#swing = new Swing(span, span);
  }

  get high(): number {
    return this.current[0] as number;
  }

  get low(): number {
    return this.current[1] as number;
  }

  update({ high, low }: Bar): void {
    this.#swing.next(high, low);
    if (!Number.isNaN(this.#swing.high)) this.current[0] = this.#swing.high;
    if (!Number.isNaN(this.#swing.low)) this.current[1] = this.#swing.low;
  }

  override reset(): void {
    super.reset();
    this.#swing.reset();
  }
}
