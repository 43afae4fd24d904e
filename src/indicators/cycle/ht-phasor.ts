import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { HomodyneDiscriminator } from "./hilbert.ts";

export type HtPhasorLine = "inPhase" | "quadrature";

const WARMUP = 33;

/** Hilbert transform: the two components of the dominant cycle (Ehlers), the second a quarter of a cycle ahead of the first. */
export function htPhasor(): HtPhasor {
  return new HtPhasor();
}

/** See `htPhasor`. Early values depend on where the series begins and settle over some 30 bars more. */
export class HtPhasor extends SeriesIndicator<HtPhasorLine> {
  readonly #cycle = new HomodyneDiscriminator(12);
  #count = 0;

  constructor() {
    super(["inPhase", "quadrature"], WARMUP);
  }

  get inPhase(): number {
    return this.current[0] as number;
  }

  get quadrature(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#count < WARMUP) this.#count += 1;
    this.#cycle.next(value);
    if (this.#count < WARMUP) return;
    this.current[0] = this.#cycle.inPhase;
    this.current[1] = this.#cycle.quadrature;
  }

  override reset(): void {
    super.reset();
    this.#cycle.reset();
    this.#count = 0;
  }
}
