import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SlidingRange } from "../sliding-range.ts";
import { PivotIndicator } from "./pivot-indicator.ts";
import type { PivotKind } from "./pivot-levels.ts";

export interface RollingPivotsOptions {
  /** "classic", "fibonacci", "camarilla", "woodie" or "demark". @default "classic" */
  readonly kind?: PivotKind;
}

/** Rolling pivot points: the levels that the last `period` bars before this one give, taken as one session. */
export function rollingPivots(period = 20, options: RollingPivotsOptions = {}): RollingPivots {
  return new RollingPivots(period, options);
}

/** See `rollingPivots`; `pivotLevels` has the formulas. */
export class RollingPivots extends PivotIndicator {
  readonly #range: SlidingRange;
  readonly #opens: RollingWindow;
  #close = NaN;

  constructor(period: number, { kind = "classic" }: RollingPivotsOptions = {}) {
    super("rollingPivots", kind, wholeNumber("rollingPivots", "period", period, { max: 99_999 }) + 1);
    this.#range = new SlidingRange(period);
    this.#opens = new RollingWindow(period);
  }

  update(bar: Bar): void {
    const { highest, lowest } = this.#range;
    if (this.#opens.isFull) this.derive(this.#opens.oldest, highest, lowest, this.#close, bar.open);
    this.#range.take(bar);
    this.#opens.push(bar.open);
    this.#close = bar.close;
  }

  override reset(): void {
    super.reset();
    this.#range.reset();
    this.#opens.reset();
    this.#close = NaN;
  }
}
