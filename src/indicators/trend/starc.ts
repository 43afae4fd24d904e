import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Sma } from "../overlap/sma.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { Atr } from "../volatility/atr.ts";
import type { EnvelopeLine } from "./ma-envelope.ts";

export interface StarcOptions {
  /** Average true ranges from the middle to either line. @default 2 */
  readonly multiplier?: number;
  /** Period of the average true range. @default 10 */
  readonly atrPeriod?: number;
}

/** Stoller average range channel: a simple average of the close with lines some average true ranges away. */
export function starc(period = 5, options: StarcOptions = {}): Starc {
  return new Starc(period, options);
}

/** See `starc`. */
export class Starc extends BarIndicator<EnvelopeLine> {
  readonly #multiplier: number;
  readonly #average: Sma;
  readonly #range: Atr;
  #wait = 0;

  constructor(period: number, { multiplier = 2, atrPeriod = 10 }: StarcOptions = {}) {
    super(["upper", "middle", "lower"], Math.max(wholeNumber("starc", "period", period), wholeNumber("starc", "atrPeriod", atrPeriod) + 1));
    this.#multiplier = realNumber("starc", "multiplier", multiplier, { min: 0.01, max: 1_000 });
    this.#average = new Sma(period);
    this.#range = new Atr(atrPeriod);
    this.reset();
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
    this.#average.next(bar.close);
    this.#range.update(bar);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const middle = this.#average.value;
    const width = this.#multiplier * this.#range.value;
    this.current[0] = middle + width;
    this.current[1] = middle;
    this.current[2] = middle - width;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
    this.#range.reset();
    this.#wait = this.warmup - 1;
  }
}
