import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { DominantPhase } from "./dominant-phase.ts";

const WARMUP = 64;

/** Hilbert transform: phase of the dominant cycle in degrees (Ehlers), −45 to 315. In a trend it nearly stands still. */
export function htDcPhase(): HtDcPhase {
  return new HtDcPhase();
}

/** See `htDcPhase`. Early values depend on where the series begins; on a price that stands still rounding alone decides, as in TA-Lib. */
export class HtDcPhase extends SeriesIndicator {
  readonly #dominant = new DominantPhase();
  #count = 0;

  constructor() {
    super(["value"], WARMUP);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#count < WARMUP) this.#count += 1;
    this.#dominant.next(value);
    if (this.#count === WARMUP) this.current[0] = this.#dominant.phase;
  }

  override reset(): void {
    super.reset();
    this.#dominant.reset();
    this.#count = 0;
  }
}
