import { BarIndicator } from "../bar-indicator.ts";
import { oneOf } from "../parameters.ts";
import { PIVOT_KINDS, PIVOT_LINES, pivotLevels, type PivotKind, type PivotLine, type PivotSession } from "./pivot-levels.ts";

/** What pivot indicators share: nine levels, and the session they are derived from. */
export abstract class PivotIndicator extends BarIndicator<PivotLine> {
  readonly #kind: PivotKind;
  readonly #source: PivotSession = { open: NaN, high: NaN, low: NaN, close: NaN, nextOpen: NaN };

  protected constructor(owner: string, kind: PivotKind, warmup: number) {
    super(PIVOT_LINES, warmup);
    this.#kind = oneOf(owner, "kind", kind, PIVOT_KINDS);
  }

  get pivot(): number {
    return this.current[0] as number;
  }

  get r1(): number {
    return this.current[1] as number;
  }

  get r2(): number {
    return this.current[2] as number;
  }

  get r3(): number {
    return this.current[3] as number;
  }

  get r4(): number {
    return this.current[4] as number;
  }

  get s1(): number {
    return this.current[5] as number;
  }

  get s2(): number {
    return this.current[6] as number;
  }

  get s3(): number {
    return this.current[7] as number;
  }

  get s4(): number {
    return this.current[8] as number;
  }

  /** Sets the levels that follow from a finished session and the open after it. */
  protected derive(open: number, high: number, low: number, close: number, nextOpen: number): void {
    const source = this.#source;
    source.open = open;
    source.high = high;
    source.low = low;
    source.close = close;
    source.nextOpen = nextOpen;
    pivotLevels(this.#kind, source, this.current);
  }
}
