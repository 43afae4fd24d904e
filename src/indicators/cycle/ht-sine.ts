import type { Bar } from "../../domain/bar.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { DominantPhase } from "./dominant-phase.ts";

export type HtSineLine = "sine" | "leadSine";

const WARMUP = 64;
const RADIANS = 1 / (45 / Math.atan(1));

/** Hilbert transform: sine of the dominant cycle's phase (Ehlers), and the same 45 degrees ahead; they cross before the price turns. */
export function htSine(): HtSine {
  return new HtSine();
}

/** See `htSine`. Early values depend on where the series begins; on a price that stands still rounding alone decides, as in TA-Lib. */
export class HtSine extends SeriesIndicator<HtSineLine> {
  readonly #dominant = new DominantPhase();
  #count = 0;

  constructor() {
    super(["sine", "leadSine"], WARMUP);
  }

  get sine(): number {
    return this.current[0] as number;
  }

  get leadSine(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#count < WARMUP) this.#count += 1;
    this.#dominant.next(value);
    if (this.#count < WARMUP) return;
    const { phase } = this.#dominant;
    this.current[0] = Math.sin(phase * RADIANS);
    this.current[1] = Math.sin((phase + 45) * RADIANS);
  }

  override reset(): void {
    super.reset();
    this.#dominant.reset();
    this.#count = 0;
  }
}
