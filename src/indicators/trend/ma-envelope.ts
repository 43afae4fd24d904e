import type { Bar } from "../../domain/bar.ts";
import { createAverage, type Average } from "../overlap/ma.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";

export type EnvelopeLine = "upper" | "middle" | "lower";

export interface MaEnvelopeOptions {
  /** Distance of either line from the middle, in percent of the middle. @default 2.5 */
  readonly percent?: number;
  /** @default "sma" */
  readonly average?: Average;
}

/** Moving average envelope: lines a fixed percentage above and below a moving average. */
export function maEnvelope(period = 20, options: MaEnvelopeOptions = {}): MaEnvelope {
  return new MaEnvelope(period, options);
}

/** See `maEnvelope`. */
export class MaEnvelope extends SeriesIndicator<EnvelopeLine> {
  readonly #average: SeriesIndicator<string>;
  readonly #share: number;

  constructor(period: number, { percent = 2.5, average = "sma" }: MaEnvelopeOptions = {}) {
    const inner = createAverage("maEnvelope", "average", average, wholeNumber("maEnvelope", "period", period));
    super(["upper", "middle", "lower"], inner.warmup);
    this.#average = inner;
    this.#share = realNumber("maEnvelope", "percent", percent, { min: 0, max: 100 }) / 100;
  }

  get upper(): number {
    return this.current[0] as number;
  }

  get middle(): number {
    return this.current[1] as number;
  }

  get lower(): number {
    return this.current[2] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#average.next(value);
    const middle = this.#average.value;
    const width = middle * this.#share;
    this.current[0] = middle + width;
    this.current[1] = middle;
    this.current[2] = middle - width;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
  }
}
