import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Alligator, type AlligatorOptions } from "./alligator.ts";

export type GatorLine = "upper" | "lower";

/** Gator oscillator (Bill Williams): how far the alligator's jaw and teeth are apart, and, below zero, its teeth and lips. */
export function gator(options: AlligatorOptions = {}): Gator {
  return new Gator(options);
}

/** See `gator`. */
export class Gator extends BarIndicator<GatorLine> {
  readonly #alligator: Alligator;

  constructor(options: AlligatorOptions = {}) {
    const alligator = new Alligator(options, "gator");
    super(["upper", "lower"], alligator.warmup);
    this.#alligator = alligator;
  }

  get upper(): number {
    return this.current[0] as number;
  }

  get lower(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    this.#alligator.update(bar);
    const { jaw, teeth, lips } = this.#alligator;
    this.current[0] = Math.abs(jaw - teeth);
    this.current[1] = -Math.abs(teeth - lips);
  }

  override reset(): void {
    super.reset();
    this.#alligator.reset();
  }
}
