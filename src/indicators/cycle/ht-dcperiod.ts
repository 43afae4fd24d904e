import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { HomodyneDiscriminator } from "./hilbert.ts";

const WARMUP = 33;

/** Hilbert transform: length of the dominant cycle in bars (Ehlers), 6 to 50. */
export function htDcPeriod(): HtDcPeriod {
  return new HtDcPeriod();
}

/** See `htDcPeriod`. Early values depend on where the series begins and settle over some 30 bars more. */
export class HtDcPeriod extends SeriesIndicator {
  readonly #cycle = new HomodyneDiscriminator(12);
  #count = 0;

  constructor() {
    super(["value"], WARMUP);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#count < WARMUP) this.#count += 1;
    this.#cycle.next(value);
    if (this.#count === WARMUP) this.current[0] = this.#cycle.smoothPeriod;
  }

  override reset(): void {
    super.reset();
    this.#cycle.reset();
    this.#count = 0;
  }
}
