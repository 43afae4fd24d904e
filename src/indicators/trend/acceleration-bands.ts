import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Sma } from "../overlap/sma.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import type { EnvelopeLine } from "./ma-envelope.ts";

export interface AccelerationBandsOptions {
  /** How much the bar's relative range widens the bands. @default 4 */
  readonly width?: number;
}

/** Acceleration bands (Headley): averages of the highs and lows, each pushed outwards by the bar's range relative to its price. */
export function accelerationBands(period = 20, options: AccelerationBandsOptions = {}): AccelerationBands {
  return new AccelerationBands(period, options);
}

/** See `accelerationBands`. */
export class AccelerationBands extends BarIndicator<EnvelopeLine> {
  readonly #width: number;
  readonly #upper: Sma;
  readonly #middle: Sma;
  readonly #lower: Sma;

  constructor(period: number, { width = 4 }: AccelerationBandsOptions = {}) {
    super(["upper", "middle", "lower"], wholeNumber("accelerationBands", "period", period));
    this.#width = realNumber("accelerationBands", "width", width, { min: 0, max: 1_000 });
    this.#upper = new Sma(period);
    this.#middle = new Sma(period);
    this.#lower = new Sma(period);
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

  update({ high, low, close }: Bar): void {
    const sum = high + low;
    const push = sum === 0 ? 0 : (this.#width * (high - low)) / sum;
    this.#upper.next(high * (1 + push));
    this.#middle.next(close);
    this.#lower.next(low * (1 - push));
    this.current[0] = this.#upper.value;
    this.current[1] = this.#middle.value;
    this.current[2] = this.#lower.value;
  }

  override reset(): void {
    super.reset();
    this.#upper.reset();
    this.#middle.reset();
    this.#lower.reset();
  }
}
