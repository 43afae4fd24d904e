import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { Swing } from "./swing.ts";

export type SupportLine = "support" | "resistance";

export interface SupportResistanceOptions {
  /** How many of the last swing highs and lows are remembered, together. @default 20 */
  readonly levels?: number;
}

/**
 * Support and resistance: the nearest swing high or low at or below the close, and the nearest above it, among the last `levels`
 * that are certain. A swing stands out from the `span` bars on either side and is known `span` bars later. NaN where there is none.
 */
export function supportResistance(span = 5, options: SupportResistanceOptions = {}): SupportResistance {
  return new SupportResistance(span, options);
}

/** See `supportResistance`. */
export class SupportResistance extends BarIndicator<SupportLine> {
  readonly #swing: Swing;
  readonly #levels: Float64Array;
  #slot = 0;

  constructor(span: number, { levels = 20 }: SupportResistanceOptions = {}) {
    super(["support", "resistance"], 2 * wholeNumber("supportResistance", "span", span, { max: 10_000 }) + 1);
    this.#swing = new Swing(span, span);
    this.#levels = new Float64Array(wholeNumber("supportResistance", "levels", levels, { max: 1_000 })).fill(NaN);
  }

  get support(): number {
    return this.current[0] as number;
  }

  get resistance(): number {
    return this.current[1] as number;
  }

  update({ high, low, close }: Bar): void {
    this.#swing.next(high, low);
    this.#remember(this.#swing.high);
    this.#remember(this.#swing.low);
    let support = -Infinity;
    let resistance = Infinity;
    for (let slot = 0; slot < this.#levels.length; slot += 1) {
      const level = this.#levels[slot] as number;
      if (level <= close && level > support) support = level;
      if (level > close && level < resistance) resistance = level;
    }
    this.current[0] = support === -Infinity ? NaN : support;
    this.current[1] = resistance === Infinity ? NaN : resistance;
  }

  override reset(): void {
    super.reset();
    this.#swing.reset();
    this.#levels.fill(NaN);
    this.#slot = 0;
  }

  #remember(level: number): void {
    if (Number.isNaN(level)) return;
    this.#levels[this.#slot] = level;
    this.#slot = this.#slot + 1 === this.#levels.length ? 0 : this.#slot + 1;
  }
}
